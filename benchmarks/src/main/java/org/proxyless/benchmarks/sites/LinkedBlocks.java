package org.proxyless.benchmarks.sites;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.proxyless.benchmarks.process.MachineLock;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProcess;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceFailedException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.LinkedCall;
import org.proxyless.devices.LinkedRuntime;
import org.proxyless.network.Operator;

/**
 * Times blocks of calls on a device that is linked to this machine, each between two blocks of a
 * reference: what slows the device slows both. A block of the reference counts for what was timed
 * before it and for what is timed after it, since starting one takes as long as the block.
 */
final class LinkedBlocks {
  private static final long BLOCK_MILLIS = 500;

  /** Of a block whose calls were not alike. */
  private static final int MOST_TRIES = 3;

  private final LinkedCall reference;
  private final MeasuringProgress progress;
  private double beforeNanos;
  private boolean disturbed;

  /**
   * Times the reference once.
   *
   * @param reference null for none
   */
  LinkedBlocks(LinkedCall reference, MeasuringProgress progress) {
    this.reference = reference;
    this.progress = progress;
    this.beforeNanos = referenceNanos();
  }

  /**
   * One block.
   *
   * @param times of what was measured
   * @param referenceNanos of the reference beside it; 1 if there is none
   */
  record Block(LinkedCall.Times times, double referenceNanos) {}

  /** Times a block and, after it, one of the reference. */
  Block next(LinkedCall call) {
    LinkedCall.Times times = steady(call);
    double afterNanos = referenceNanos();
    Block block = new Block(times, (beforeNanos + afterNanos) / 2);
    beforeNanos = afterNanos;
    return block;
  }

  private double referenceNanos() {
    return reference == null ? 1 : steady(reference).typicalNanos();
  }

  private LinkedCall.Times steady(LinkedCall call) {
    LinkedCall.Times times = call.times(BLOCK_MILLIS, progress::note);
    for (int tries = 1; tries < MOST_TRIES && !times.steady(); tries++) {
      times = call.times(BLOCK_MILLIS, progress::note);
    }
    disturbed |= !times.steady();
    return times;
  }

  /** Whether calls of a block since the last time one asked were not alike, however often. */
  boolean wasDisturbed() {
    boolean was = disturbed;
    disturbed = false;
    return was;
  }

  /**
   * Does something with a linked device; while another measurement runs from this machine, waits
   * for that first.
   *
   * @param work gets the device's runtime, once it is there
   * @throws MeasuringFailedException if the device fails, or this thread is interrupted
   */
  static <R> R alone(DeviceProfile profile, Function<LinkedRuntime, R> work) {
    try {
      MachineLock lock = MachineLock.take(MeasuringProcess.PATIENCE);
      try {
        LinkedRuntime runtime = (LinkedRuntime) DeviceRuntimes.of(profile);
        runtime.require(profile);
        return work.apply(runtime);
      } finally {
        lock.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasuringFailedException("the measurement was interrupted", e);
    } catch (DeviceFailedException e) {
      throw new MeasuringFailedException(e.getMessage(), e);
    }
  }

  /** The operators of a reference on the device. */
  static LinkedCall reference(LinkedRuntime runtime, List<String> keys, DeviceProfile profile) {
    return runtime.operators(
        keys.stream().map(Operator::ofKey).toList(), profile, new SplittableRandom(1));
  }
}
