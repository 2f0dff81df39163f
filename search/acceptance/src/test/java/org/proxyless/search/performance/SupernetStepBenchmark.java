package org.proxyless.search.performance;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.supernet.Supernet;

/** The steps of a search, each on the next of the recorded paths. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 25)
public class SupernetStepBenchmark {
  private Supernet supernet;
  private RecordedPaths paths;
  private Batch images;
  private int[] edgeSizes;
  private boolean[][] everything;
  private int turn;

  @Setup
  public void build(Workload workload) {
    supernet = workload.supernet();
    edgeSizes = supernet.edgeSizes();
    paths = workload.recordedPaths();
    images = workload.images();
    everything = new boolean[edgeSizes.length][];
    for (int e = 0; e < edgeSizes.length; e++) {
      everything[e] = new boolean[edgeSizes[e]];
      Arrays.fill(everything[e], true);
    }
  }

  @TearDown
  public void close() {
    supernet.close();
  }

  /** Forward, backward and update of one path. */
  @Benchmark
  public PathScore weight() {
    turn++;
    return supernet.trainWeights(paths.active(turn), images, Workload.LEARNING_RATE);
  }

  /** Gate gradients of two candidates an edge. */
  @Benchmark
  public GateGradients architectureTwo() {
    turn++;
    return supernet.gateGradients(paths.active(turn), paths.sampled(turn, edgeSizes), images);
  }

  /** Gate gradients of all candidates. */
  @Benchmark
  public GateGradients architectureFull() {
    turn++;
    return supernet.gateGradients(paths.active(turn), everything, images);
  }

  /** Forward alone. */
  @Benchmark
  public PathScore forward() {
    turn++;
    return supernet.score(paths.active(turn), images);
  }
}
