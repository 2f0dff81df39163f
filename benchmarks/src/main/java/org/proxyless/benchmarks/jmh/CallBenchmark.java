package org.proxyless.benchmarks.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.LoadedCall;
import org.proxyless.network.Shape;

/**
 * Times what a call of a deployed network costs besides its operators: feeding bytes, normalising
 * them, the softmax, fetching the probabilities, and the runtime's own work around them.
 */
public class CallBenchmark extends DeviceBenchmark {
  private static final long WARM_UP_MILLIS = 250;

  @Param("28")
  int height;

  @Param("28")
  int width;

  @Param("1")
  int channels;

  @Param("10")
  int classes;

  /** The operators of the reference. */
  @Param(OperatorBenchmark.SOME_NEIGHBOURS)
  String context;

  private LoadedCall call;
  private Turns reference;
  private Cycles cycles;

  @Setup
  public void load() {
    Shape image = new Shape(height, width, channels);
    SplittableRandom random = new SplittableRandom(1);
    call = DeviceRuntimes.of(profile()).withoutOperators(image, classes, profile(), random);
    reference = Turns.load(Turns.operators(context), profile(), random);
    cycles = new Cycles(call::run, reference::run);
    cycles.warmUp(TimeUnit.MILLISECONDS.toNanos(WARM_UP_MILLIS));
  }

  @TearDown
  public void close() {
    call.close();
    reference.close();
  }

  @Benchmark
  public void block(CallMedians medians) {
    cycles.block(blockMillis, medians);
  }
}
