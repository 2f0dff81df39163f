package org.proxyless.search.performance;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.proxyless.search.data.Batch;
import org.proxyless.search.supernet.Supernet;

/**
 * What the choice costs: the weight step of a path through the supernet against the training step
 * of the same network built alone. An iteration takes the next recorded path, and both sides take
 * turns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 12)
public class ChoiceBenchmark {
  private static final int PAIRS = 7;
  private static final int UNTIMED_PAIRS = 2;

  private Supernet supernet;
  private Supernet alone;
  private RecordedPaths paths;
  private Batch images;
  private int turn;

  /** The medians of one path's steps. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Medians {
    /** Of the weight step through the supernet. */
    public double supernetMillis;

    /** Of the network's training step. */
    public double aloneMillis;

    /** The first divided by the second. */
    public double ratio;
  }

  @Setup
  public void build(Workload workload) {
    supernet = workload.supernet();
    paths = workload.recordedPaths();
    images = workload.images();
  }

  @Setup(Level.Iteration)
  public void next(Workload workload) {
    turn++;
    alone = workload.alone(paths.active(turn));
  }

  @TearDown(Level.Iteration)
  public void closeAlone() {
    alone.close();
  }

  @TearDown
  public void close() {
    supernet.close();
  }

  @Benchmark
  public void choice(Medians medians) {
    double[] chosen = new double[PAIRS];
    double[] plain = new double[PAIRS];
    for (int pair = -UNTIMED_PAIRS; pair < PAIRS; pair++) {
      double one = millis(supernet, paths.active(turn));
      double other = millis(alone, new int[0]);
      if (pair >= 0) {
        chosen[pair] = one;
        plain[pair] = other;
      }
    }
    medians.supernetMillis = median(chosen);
    medians.aloneMillis = median(plain);
    medians.ratio = medians.supernetMillis / medians.aloneMillis;
  }

  private double millis(Supernet trained, int[] path) {
    long start = System.nanoTime();
    trained.trainWeights(path, images, Workload.LEARNING_RATE);
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
