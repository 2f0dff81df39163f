package org.proxyless.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How uncertain the latencies of a space's networks are: the variance of a sum of correlated terms,
 * those of the blocks without a choice and one of each edge.
 */
final class ChoiceUncertainty {
  private final double discrepancy;
  private final double margin;

  /** Covariance of the terms in ms², [term][term]. */
  private final double[][] covariance;

  /** The term of [edge][candidate]; −1 for one that has none, as Zero. */
  private final int[][] terms;

  /** Covariance of each term with the sum of those that every network has. */
  private final double[] withFixed;

  private final double fixedVariance;

  private ChoiceUncertainty(TableEstimate estimate, List<Integer> fixed, int[][] terms) {
    int count = estimate.keys().size();
    this.discrepancy = estimate.discrepancy();
    this.margin = estimate.margin();
    this.terms = terms;
    this.covariance = new double[count][count];
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        covariance[row][column] = estimate.covarianceMillis(row, column);
      }
    }
    this.withFixed = new double[count];
    for (int term = 0; term < count; term++) {
      for (int other : fixed) {
        withFixed[term] += covariance[term][other];
      }
    }
    this.fixedVariance = fixed.stream().mapToDouble(term -> withFixed[term]).sum();
  }

  /**
   * Of a chain of blocks; those with one candidate are part of every network, the others are the
   * edges.
   */
  static ChoiceUncertainty of(TableEstimate estimate, List<List<Operator>> blocks) {
    List<Integer> fixed = new ArrayList<>();
    fixed.add(estimate.place(LatencyTable.CALL));
    List<int[]> edges = new ArrayList<>();
    for (List<Operator> block : blocks) {
      int[] ofBlock = block.stream().mapToInt(operator -> estimate.place(operator.key())).toArray();
      if (ofBlock.length == 1) {
        fixed.add(ofBlock[0]);
      } else {
        edges.add(ofBlock);
      }
    }
    fixed.removeIf(term -> term < 0);
    return new ChoiceUncertainty(estimate, fixed, edges.toArray(int[][]::new));
  }

  /** Standard deviation of what a network differs from its sum, as a share of it. */
  double discrepancy() {
    return discrepancy;
  }

  /** See {@link TableEstimate#margin}. */
  double margin() {
    return margin;
  }

  /** Variance of the sum of a network's terms, in ms². */
  double variance(int[] choice) {
    double variance = fixedVariance;
    for (int edge = 0; edge < choice.length; edge++) {
      int term = terms[edge][choice[edge]];
      if (term < 0) {
        continue;
      }
      variance += covariance[term][term] + 2 * withFixed[term];
      for (int before = 0; before < edge; before++) {
        int other = terms[before][choice[before]];
        variance += other < 0 ? 0 : 2 * covariance[term][other];
      }
    }
    return Math.max(0, variance);
  }

  /** What the variance of no network is below: every edge and pair of edges at its least. */
  double leastVariance() {
    double least = fixedVariance;
    for (int edge = 0; edge < terms.length; edge++) {
      least +=
          Arrays.stream(terms[edge])
              .mapToDouble(term -> term < 0 ? 0 : covariance[term][term] + 2 * withFixed[term])
              .min()
              .orElseThrow();
      for (int before = 0; before < edge; before++) {
        least += 2 * leastCovariance(terms[edge], terms[before]);
      }
    }
    return Math.max(0, least);
  }

  private double leastCovariance(int[] some, int[] others) {
    double least = Double.POSITIVE_INFINITY;
    for (int term : some) {
      for (int other : others) {
        least = Math.min(least, term < 0 || other < 0 ? 0 : covariance[term][other]);
      }
    }
    return least;
  }
}
