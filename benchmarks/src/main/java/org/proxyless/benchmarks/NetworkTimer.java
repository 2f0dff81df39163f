package org.proxyless.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.Network;

/**
 * Times networks end to end: on this machine call by call, in a process of their own; on a device
 * that is linked to it block by block.
 */
public final class NetworkTimer {
  private static final int BLOCKS = 10;
  private static final int BLOCK_MILLIS = 40;

  private NetworkTimer() {}

  /**
   * Times an exported network.
   *
   * @param model the folder, or file in the format of the profile's runtime, that an export wrote
   * @throws InvalidInputException if it is none, or this machine is not what the profile asks for
   * @throws MeasuringFailedException if the measuring process dies or this thread is interrupted
   */
  public static NetworkMeasurement time(
      Path model, DeviceProfile profile, MeasuringProgress progress) {
    return time(model, profile, List.of(), progress).network();
  }

  /**
   * Times an exported network beside the reference of a table.
   *
   * @param model the folder, or file in the format of the profile's runtime, that an export wrote
   * @param table of this device; one that names no reference gives no drift
   * @throws InvalidInputException if it is none, or this machine is not what the profile asks for
   * @throws MeasuringFailedException if the measuring process dies or this thread is interrupted
   */
  public static WatchedMeasurement time(
      Path model, DeviceProfile profile, LatencyTable table, MeasuringProgress progress) {
    if (!TableCheck.canCheck(table)) {
      return new WatchedMeasurement(time(model, profile, progress), OptionalDouble.empty());
    }
    NetworkMeasuring.Answer answer = time(model, profile, Neighbours.of(table), progress);
    return new WatchedMeasurement(
        answer.network(),
        OptionalDouble.of(answer.referenceNanos() / Reference.of(table).besideNetworksNanos()),
        answer.relativeStandardError());
  }

  private static NetworkMeasuring.Answer time(
      Path model, DeviceProfile profile, List<String> reference, MeasuringProgress progress) {
    if (LinkedBlocks.suits(profile)) {
      return LinkedNetworkTiming.time(model, profile, reference, progress);
    }
    return MeasuringProcess.run(
        NetworkMeasuring.class,
        new NetworkMeasuring.Request(
            profile, model.toAbsolutePath().toString(), reference, BLOCKS, BLOCK_MILLIS),
        NetworkMeasuring.Answer.class,
        progress);
  }

  /**
   * Times a network that has not been trained: as a file with random weights, which hardly change
   * its latency.
   */
  public static NetworkMeasurement time(
      Network network, DeviceProfile profile, MeasuringProgress progress) throws IOException {
    return untrained(network, profile, model -> time(model, profile, progress));
  }

  /** Times a network that has not been trained beside the reference of a table. */
  public static WatchedMeasurement time(
      Network network, DeviceProfile profile, LatencyTable table, MeasuringProgress progress)
      throws IOException {
    return untrained(network, profile, model -> time(model, profile, table, progress));
  }

  private static <M> M untrained(Network network, DeviceProfile profile, Function<Path, M> timing)
      throws IOException {
    Path folder = Files.createTempDirectory("proxyless-network");
    try {
      Path model = folder.resolve("network");
      export(network, model, profile);
      return timing.apply(model);
    } finally {
      deleteTree(folder);
    }
  }

  /** Exports a network that has not been trained. */
  static void export(Network network, Path model, DeviceProfile profile) {
    DeviceRuntimes.of(profile).exportUntrained(network, model, profile, new SplittableRandom(1));
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
