package org.proxyless.benchmarks.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.MeasuringSites;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.benchmarks.sites.NetworkMeasuring;
import org.proxyless.benchmarks.sites.UntrainedFile;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;

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
    return watched(time(model, profile, Neighbours.of(table), progress), table);
  }

  private static NetworkMeasuring.Answer time(
      Path model, DeviceProfile profile, List<String> reference, MeasuringProgress progress) {
    return MeasuringSites.of(profile).time(model, setup(profile, reference), progress);
  }

  private static NetworkMeasuring.Setup setup(DeviceProfile profile, List<String> reference) {
    return new NetworkMeasuring.Setup(profile, reference, BLOCKS, BLOCK_MILLIS);
  }

  /**
   * Times a network that has not been trained: as a file with random weights, which hardly change
   * its latency.
   */
  public static NetworkMeasurement time(
      Network network, DeviceProfile profile, MeasuringProgress progress) {
    return MeasuringSites.of(profile)
        .time(network, UntrainedFile.SEED, setup(profile, List.of()), progress)
        .network();
  }

  /** Times a network that has not been trained beside the reference of a table. */
  public static WatchedMeasurement time(
      Network network, DeviceProfile profile, LatencyTable table, MeasuringProgress progress) {
    if (!TableCheck.canCheck(table)) {
      return new WatchedMeasurement(time(network, profile, progress), OptionalDouble.empty());
    }
    return watched(
        MeasuringSites.of(profile)
            .time(network, UntrainedFile.SEED, setup(profile, Neighbours.of(table)), progress),
        table);
  }

  private static WatchedMeasurement watched(NetworkMeasuring.Answer answer, LatencyTable table) {
    return new WatchedMeasurement(
        answer.network(),
        OptionalDouble.of(answer.referenceNanos() / Reference.of(table).besideNetworksNanos()),
        answer.relativeStandardError());
  }

  /**
   * Exports a network that has not been trained.
   *
   * @param seed of its weights
   */
}
