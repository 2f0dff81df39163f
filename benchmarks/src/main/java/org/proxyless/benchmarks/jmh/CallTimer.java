package org.proxyless.benchmarks.jmh;

import java.util.Arrays;

/** Times calls one by one, because a mean would count what the machine did in between. */
public final class CallTimer {
  private static final int WINDOW_CALLS = 10;
  private static final int STEADY_WINDOWS = 3;
  private static final double STEADY = 0.05;

  private CallTimer() {}

  /** The time of one call. */
  public static long nanos(Runnable call) {
    long start = System.nanoTime();
    call.run();
    return System.nanoTime() - start;
  }

  /** The median of times, of which at least one is there. */
  public static double median(long[] times) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2.0;
  }

  /**
   * Calls until the medians of three windows of ten calls lie within 5 % of each other, or the time
   * is up: the first calls of a graph optimise it, pack weights and grow the allocator's pools.
   */
  public static void warmUp(Runnable call, long atMostNanos) {
    long end = System.nanoTime() + atMostNanos;
    double[] medians = new double[STEADY_WINDOWS];
    for (int window = 0; System.nanoTime() < end; window++) {
      long[] times = new long[WINDOW_CALLS];
      for (int i = 0; i < times.length && (i == 0 || System.nanoTime() < end); i++) {
        times[i] = nanos(call);
      }
      medians[window % STEADY_WINDOWS] = median(times);
      double least = Arrays.stream(medians).min().orElseThrow();
      double most = Arrays.stream(medians).max().orElseThrow();
      if (window >= STEADY_WINDOWS - 1 && most <= least * (1 + STEADY)) {
        return;
      }
    }
  }
}
