package org.proxyless.devices.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.proxyless.network.Network;

/**
 * A file format of networks besides the SavedModel. Implementations are found by {@link
 * java.util.ServiceLoader}, so that a program has those that are on its class path.
 */
public interface NetworkFormat {
  /** What users ask for it by, e.g. {@code int8}. */
  String name();

  /** What it is, in a few words. */
  String description();

  /** The end of its files' names, e.g. {@code -int8.tflite}. */
  String suffix();

  /** Whether images are needed to write it. */
  boolean needsCalibration();

  /**
   * How much a probability may differ from that of the SavedModel; empty for a format that rounds
   * numbers, of which the accuracy tells.
   */
  OptionalDouble tolerance();

  /**
   * The file of a network.
   *
   * @param calibration images [height, width, channels] as unsigned bytes, such as the network was
   *     trained on; read only where calibration is needed
   */
  byte[] write(DeployableNetwork network, List<byte[]> calibration);

  /** What one should know of a network in this format; empty where there is nothing to say. */
  default Optional<String> caution(Network network) {
    return Optional.empty();
  }

  /** What networks take of a small device in this format; empty where that is not known. */
  default Optional<FootprintModel> footprints() {
    return Optional.empty();
  }

  /**
   * Loads a file; empty for a format whose runtime is no part of this program.
   *
   * @throws org.proxyless.base.InvalidInputException if it was not written in this format, or
   *     cannot be run on this machine
   */
  Optional<ImageModel> open(Path file);
}
