package org.proxyless.benchmarks.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.proxyless.benchmarks.tables.Profiler;
import org.proxyless.network.Operator;

/**
 * Times one operator in the form that is deployed, among neighbours and without the call around it:
 * a call costs as much as a small operator, so what counts is by how much copies of the operator
 * lengthen it. One graph runs other operators in turn, the second runs a copy of the operator after
 * each of them. Calls of the two alternate, so that whatever else the machine does touches both.
 *
 * <p>{@code java -cp … org.openjdk.jmh.Main OperatorBenchmark} runs it on the operators below;
 * {@link Profiler} runs it on those of a search space.
 *
 * <p>An iteration takes the medians of a block of such pairs, of which {@link Medians} says what
 * the operator's latency is; JMH's own score is the duration of the block.
 */
public class OperatorBenchmark extends DeviceBenchmark {
  /** The operators of a context for those who run a benchmark without the profiler. */
  static final String SOME_NEIGHBOURS =
      "Conv(kernel=3) 28x28x1->28x28x16 s1"
          + Turns.SEPARATOR
          + "MBConv(kernel=5,expansion=3) 28x28x16->14x14x24 s2"
          + Turns.SEPARATOR
          + "MBConv(kernel=3,expansion=6) 7x7x32->7x7x32 s1 shortcut"
          + Turns.SEPARATOR
          + "MBConv(kernel=7,expansion=3) 7x7x32->7x7x64 s1";

  private static final int MOST_PAIRS = 100;
  private static final int FEWEST_PAIRS = 3;
  private static final long WARM_UP_NANOS = 250_000_000L;

  @Param({
    "MBConv(kernel=3,expansion=6) 14x14x24->14x14x24 s1 shortcut",
    "MBConv(kernel=7,expansion=6) 14x14x24->14x14x24 s1 shortcut",
    "Conv(kernel=1) 7x7x64->7x7x256 s1",
  })
  String operator;

  @Param(SOME_NEIGHBOURS)
  String context;

  private int copies;
  private Turns without;
  private Turns with;

  /** The medians of one block of pairs. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Medians {
    /** Median time of a call of the graph with the operator's copies. */
    public double withNanos;

    /** Median time of a call of the graph without them, the reference. */
    public double withoutNanos;

    /** The operator's latency: the difference, divided by the number of copies. */
    public double operatorNanos;
  }

  @Setup
  public void load() {
    RandomGenerator random = new SplittableRandom(1);
    Operator measured = Operator.ofKey(operator);
    List<Operator> neighbours = Turns.operators(context);
    List<Operator> both = new ArrayList<>();
    for (Operator neighbour : neighbours) {
      both.add(neighbour);
      both.add(measured);
    }
    copies = neighbours.size();
    without = Turns.load(neighbours, profile(), random);
    with = Turns.load(both, profile(), random);
    CallTimer.warmUp(
        () -> {
          without.run();
          with.run();
        },
        WARM_UP_NANOS);
  }

  @TearDown
  public void close() {
    with.close();
    without.close();
  }

  @Benchmark
  public void operator(Medians medians) {
    long[] withTimes = new long[MOST_PAIRS];
    long[] withoutTimes = new long[MOST_PAIRS];
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(blockMillis);
    int pairs = 0;
    while (pairs < MOST_PAIRS && (pairs < FEWEST_PAIRS || System.nanoTime() < end)) {
      withoutTimes[pairs] = CallTimer.nanos(without::run);
      withTimes[pairs] = CallTimer.nanos(with::run);
      pairs++;
    }
    medians.withNanos = CallTimer.median(Arrays.copyOf(withTimes, pairs));
    medians.withoutNanos = CallTimer.median(Arrays.copyOf(withoutTimes, pairs));
    medians.operatorNanos = (medians.withNanos - medians.withoutNanos) / copies;
  }
}
