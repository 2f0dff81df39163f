package org.proxyless.devices;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * A program that runs networks on this machine, as far as measuring needs it. Implementations are
 * found by {@link java.util.ServiceLoader}. All write operators with the builder that their
 * exported files are written with, so that what is measured is what is exported.
 */
public interface DeviceRuntime {
  /** Which one it is. */
  DeviceProfile.Runtime kind();

  /**
   * Must hold wherever something is measured.
   *
   * @throws org.proxyless.base.InvalidInputException if the device, or what the profile asks for,
   *     is not here
   */
  void require(DeviceProfile profile);

  /**
   * What decides how fast it runs, besides the machine: version, flags.
   *
   * @param environment variables of the measuring process
   */
  Map<String, String> facts(DeviceProfile profile, Map<String, String> environment);

  /**
   * The name of the {@link org.proxyless.devices.format.NetworkFormat} that it runs for a profile;
   * empty for the SavedModel.
   */
  Optional<String> format(DeviceProfile profile);

  /**
   * Operators that take turns as in a network: one starts when the one before it has finished.
   *
   * @param random for weights, of which each operator has its own, and inputs
   */
  LoadedCall operators(List<Operator> turns, DeviceProfile profile, RandomGenerator random);

  /**
   * What a network does besides its operators: bytes to normalised images and, not connected to it,
   * logits to probabilities.
   */
  LoadedCall withoutOperators(
      Shape image, int classes, DeviceProfile profile, RandomGenerator random);

  /**
   * A network in a file that was exported, on random images.
   *
   * @throws org.proxyless.base.InvalidInputException if it is no such file
   */
  LoadedCall exported(Path model, DeviceProfile profile, RandomGenerator random);

  /**
   * Exports a network that has not been trained, with random weights, which hardly change its
   * latency.
   *
   * @param model the file or folder to write, which must not be there
   */
  void exportUntrained(Network network, Path model, DeviceProfile profile, RandomGenerator random);

  /**
   * What another machine needs of an exported network to time it.
   *
   * @param model the file or folder
   * @throws org.proxyless.base.InvalidInputException if there is none
   */
  byte[] content(Path model);

  /**
   * Writes what {@link #content} gave on another machine, and runs nothing of it.
   *
   * @param model the file or folder to write, which must not be there
   * @throws org.proxyless.base.InvalidInputException if it has operators that our exports have not,
   *     or else is none of them
   */
  void restore(byte[] content, Path model);
}
