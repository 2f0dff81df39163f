package org.proxyless.search.performance;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.supernet.Supernet;

/**
 * Building the supernet, giving all weights their first values, and one weight step, in a process
 * that has done nothing before: loading TensorFlow is part of it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class SupernetBuildBenchmark {
  @Benchmark
  public PathScore buildAndStep(Workload workload) {
    try (Supernet supernet = workload.supernet()) {
      return supernet.trainWeights(
          workload.recordedPaths().active(0), workload.images(), Workload.LEARNING_RATE);
    }
  }
}
