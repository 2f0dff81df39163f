package org.proxyless.benchmarks.sites;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.proxyless.benchmarks.jmh.Blocks;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.LinkedCall;
import org.proxyless.devices.LinkedRuntime;

/**
 * Times a network on a device that is linked to this machine. Each block starts the device's
 * program afresh, so that blocks are what {@link Sittings} are here.
 */
final class LinkedNetworkTiming {
  private static final double ENOUGH = 0.005;
  private static final int FEWEST = 4;

  private final List<LinkedCall.Times> times = new ArrayList<>();
  private final List<Double> logRatios = new ArrayList<>();

  private LinkedNetworkTiming() {}

  /**
   * Times a file.
   *
   * @param referenceKeys of the operators that are timed beside it; empty for none
   */
  static NetworkMeasuring.Answer time(
      Path model, DeviceProfile profile, List<String> referenceKeys, MeasuringProgress progress) {
    return LinkedBlocks.alone(
        profile,
        runtime -> {
          try (LinkedCall network = runtime.exported(model, profile, new SplittableRandom(1))) {
            return withReference(runtime, network, profile, referenceKeys, progress);
          }
        });
  }

  private static NetworkMeasuring.Answer withReference(
      LinkedRuntime runtime,
      LinkedCall network,
      DeviceProfile profile,
      List<String> keys,
      MeasuringProgress progress) {
    if (keys.isEmpty()) {
      return new LinkedNetworkTiming().of(network, new LinkedBlocks(null, progress), progress);
    }
    try (LinkedCall reference = LinkedBlocks.reference(runtime, keys, profile)) {
      return new LinkedNetworkTiming().of(network, new LinkedBlocks(reference, progress), progress);
    }
  }

  private NetworkMeasuring.Answer of(
      LinkedCall network, LinkedBlocks blocks, MeasuringProgress progress) {
    while (!suffice()) {
      progress.measuring(times.size(), Sittings.MOST, "network");
      LinkedBlocks.Block block = blocks.next(network);
      times.add(block.times());
      logRatios.add(Math.log(block.times().typicalNanos() / block.referenceNanos()));
    }
    return answer();
  }

  private boolean suffice() {
    return times.size() >= Sittings.MOST
        || times.size() >= FEWEST && Sittings.standardError(logRatios) <= ENOUGH;
  }

  private NetworkMeasuring.Answer answer() {
    Blocks calls = new Blocks(times.stream().map(LinkedCall.Times::typicalNanos).toList());
    Blocks tails = new Blocks(times.stream().map(LinkedCall.Times::p95Nanos).toList());
    return new NetworkMeasuring.Answer(
        new NetworkMeasurement(
            calls.medianMillis(),
            tails.medianMillis(),
            new NetworkMeasurement.Interval(calls.low95Millis(), calls.high95Millis()),
            times.stream().mapToLong(LinkedCall.Times::calls).sum()),
        calls.medianMillis() * Blocks.NANOS_A_MILLI / Math.exp(Sittings.mean(logRatios)),
        Sittings.standardError(logRatios));
  }
}
