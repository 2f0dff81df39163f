package org.proxyless.benchmarks.jmh;

import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.proxyless.latency.LatencyEntry;

/** The statistics of medians of blocks of calls, in nanoseconds. */
public final class Blocks {
  public static final double NANOS_A_MILLI = 1e6;
  private static final double TAIL = 0.025;

  private final double[] sorted;

  public Blocks(List<Double> nanos) {
    sorted = nanos.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no blocks");
    }
  }

  /** Whether they can be latencies: noise can make a difference of two medians negative. */
  public boolean arePositive() {
    return medianMillis() > 0 && StatUtils.mean(sorted) > 0;
  }

  public double medianMillis() {
    return StatUtils.percentile(sorted, 50) / NANOS_A_MILLI;
  }

  public double low95Millis() {
    return sorted[tailRank()] / NANOS_A_MILLI;
  }

  public double high95Millis() {
    return sorted[sorted.length - 1 - tailRank()] / NANOS_A_MILLI;
  }

  /**
   * How many blocks to leave out at either end, so that the rest holds the true median with a
   * chance of at least 95 %, whatever the blocks' distribution: those below the true median are as
   * many as heads in as many tosses of a coin. Fewer than six blocks hold it less often.
   */
  private int tailRank() {
    BinomialDistribution heads = new BinomialDistribution(null, sorted.length, 0.5);
    int rank = 0;
    while (heads.cumulativeProbability(rank + 1) <= TAIL) {
      rank++;
    }
    return rank;
  }

  /** Half of the interval's width. */
  public double halfWidthMillis() {
    return (high95Millis() - low95Millis()) / 2;
  }

  /** The entry of a latency table, from blocks of so many processes. */
  public LatencyEntry entry(int processes) {
    return LatencyEntry.measured(
        medianMillis(),
        StatUtils.mean(sorted) / NANOS_A_MILLI,
        low95Millis(),
        high95Millis(),
        new StandardDeviation().evaluate(sorted) / NANOS_A_MILLI,
        sorted.length,
        processes);
  }
}
