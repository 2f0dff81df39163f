package org.proxyless.search.strategy.blackbox;

import java.util.List;
import org.proxyless.latency.SpaceLatency;

/** Small spaces with known answers. */
public final class ToySpace {
  static final int[] SIZES = {3, 4, 2, 4};

  private ToySpace() {}

  /** Candidate c costs 1 + c; the networks take from 4 to 13. */
  static SpaceLatency latency() {
    double[][] millis = new double[SIZES.length][];
    for (int e = 0; e < millis.length; e++) {
      millis[e] = new double[SIZES[e]];
      for (int c = 0; c < millis[e].length; c++) {
        millis[e][c] = 1 + c;
      }
    }
    return new SpaceLatency(0, millis);
  }

  public static FeasibleSpace within(double mostMillis) {
    return new LimitedSpace(latency(), mostMillis, List.of());
  }

  /** Separable: every choice likes its last candidate best, some more than others. */
  public static double score(int[] path) {
    double score = 0;
    for (int e = 0; e < path.length; e++) {
      score += (e + 1) * path[e];
    }
    return score / 30;
  }
}
