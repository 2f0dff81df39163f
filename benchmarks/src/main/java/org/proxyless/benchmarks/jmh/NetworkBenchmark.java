package org.proxyless.benchmarks.jmh;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.LoadedCall;

/**
 * Times single calls of an exported network, from bytes to probabilities. Needs {@code -p
 * model=PATH} when run by JMH's own main.
 */
public class NetworkBenchmark extends DeviceBenchmark {
  @Param("")
  String model;

  /** The operators of the reference; empty if there is none. */
  @Param("")
  String context;

  @Param("3000")
  int warmUpMillis;

  private LoadedCall network;
  private Turns reference;
  private Cycles cycles;

  @Setup
  public void load() {
    SplittableRandom random = new SplittableRandom(1);
    network = DeviceRuntimes.of(profile()).exported(Path.of(model), profile(), random);
    if (!context.isEmpty()) {
      reference = Turns.load(Turns.operators(context), profile(), random);
    }
    cycles = new Cycles(network::run, reference == null ? () -> {} : reference::run);
    cycles.warmUp(TimeUnit.MILLISECONDS.toNanos(warmUpMillis));
  }

  @TearDown
  public void close() {
    network.close();
    if (reference != null) {
      reference.close();
    }
  }

  @Benchmark
  public void block(CallMedians medians) {
    cycles.block(blockMillis, medians);
  }
}
