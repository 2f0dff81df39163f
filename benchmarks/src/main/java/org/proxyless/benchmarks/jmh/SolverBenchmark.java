package org.proxyless.benchmarks.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;

/**
 * Times the exact choice of operators on 21 edges with 7 candidates each, the size of the ImageNet
 * space, at targets from a tenth to nine tenths of the range. Each iteration takes other latencies
 * and scores, the dearer operator having the better score on the whole, as in real spaces.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 10, time = 1)
public class SolverBenchmark {
  private static final int EDGES = 21;
  private static final int CANDIDATES = 7;
  private static final double DEAREST_MILLIS = 6;

  @Param({"0.1", "0.3", "0.5", "0.7", "0.9"})
  double share;

  private final SplittableRandom random = new SplittableRandom(1);
  private double[][] scores;
  private SpaceLatency space;
  private double mostMillis;

  @Setup(Level.Iteration)
  public void draw() {
    double[][] millis = new double[EDGES][CANDIDATES];
    scores = new double[EDGES][CANDIDATES];
    for (int edge = 0; edge < EDGES; edge++) {
      for (int candidate = 0; candidate < CANDIDATES; candidate++) {
        millis[edge][candidate] = random.nextDouble(DEAREST_MILLIS);
        scores[edge][candidate] = 5 * millis[edge][candidate] + random.nextDouble(DEAREST_MILLIS);
      }
    }
    space = new SpaceLatency(1, millis);
    mostMillis = space.minMillis() + share * (space.maxMillis() - space.minMillis());
  }

  @Benchmark
  public int[] choose() {
    return OperatorChoice.best(scores, space, mostMillis);
  }
}
