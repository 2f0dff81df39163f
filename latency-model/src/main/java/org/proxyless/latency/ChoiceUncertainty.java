package org.proxyless.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How uncertain the latencies of a space's networks are: the variance of a sum of correlated terms,
 * those of the blocks without a choice and those of the chosen options.
 */
final class ChoiceUncertainty {
  private final double discrepancy;
  private final double margin;

  /** Covariance of the terms in ms², [term][term]. */
  private final double[][] covariance;

  /** The terms of [decision][option]: one a block that follows the decision; none of Zero. */
  private final int[][][] terms;

  /** Covariance of each term with the sum of those that every network has. */
  private final double[] withFixed;

  private final double fixedVariance;

  private ChoiceUncertainty(TableEstimate estimate, List<Integer> fixed, int[][][] terms) {
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

  /** Of a graph; blocks without a choice are part of every network. */
  static ChoiceUncertainty of(TableEstimate estimate, BlockGraph graph) {
    List<Integer> fixed = new ArrayList<>();
    fixed.add(estimate.place(LatencyTable.CALL));
    int[] sizes = graph.sizes();
    List<List<List<Integer>>> terms = new ArrayList<>();
    for (int size : sizes) {
      terms.add(
          Stream.generate(() -> (List<Integer>) new ArrayList<Integer>()).limit(size).toList());
    }
    for (BlockGraph.Block block : graph.blocks()) {
      for (int option = 0; option < block.candidates().size(); option++) {
        int term = estimate.place(block.candidates().get(option).key());
        (block.isChoice() ? terms.get(block.decision()).get(option) : fixed).add(term);
      }
    }
    fixed.removeIf(term -> term < 0);
    int[][][] known =
        terms.stream()
            .map(options -> options.stream().map(ChoiceUncertainty::known).toArray(int[][]::new))
            .toArray(int[][][]::new);
    return new ChoiceUncertainty(estimate, fixed, known);
  }

  private static int[] known(List<Integer> terms) {
    return terms.stream().mapToInt(Integer::intValue).filter(term -> term >= 0).toArray();
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
    for (int decision = 0; decision < choice.length; decision++) {
      int[] own = terms[decision][choice[decision]];
      variance += varianceOf(own);
      for (int before = 0; before < decision; before++) {
        variance += 2 * covariance(own, terms[before][choice[before]]);
      }
    }
    return Math.max(0, variance);
  }

  /** What the variance of no network is below: every decision and pair of them at its least. */
  double leastVariance() {
    double least = fixedVariance;
    for (int decision = 0; decision < terms.length; decision++) {
      least += Arrays.stream(terms[decision]).mapToDouble(this::varianceOf).min().orElseThrow();
      for (int before = 0; before < decision; before++) {
        least += 2 * leastCovariance(terms[decision], terms[before]);
      }
    }
    return Math.max(0, least);
  }

  /** What some terms add to the variance of those that every network has. */
  private double varianceOf(int[] own) {
    double variance = 0;
    for (int i = 0; i < own.length; i++) {
      variance += covariance[own[i]][own[i]] + 2 * withFixed[own[i]];
      for (int j = 0; j < i; j++) {
        variance += 2 * covariance[own[i]][own[j]];
      }
    }
    return variance;
  }

  private double covariance(int[] some, int[] others) {
    double sum = 0;
    for (int term : some) {
      for (int other : others) {
        sum += covariance[term][other];
      }
    }
    return sum;
  }

  private double leastCovariance(int[][] options, int[][] others) {
    double least = Double.POSITIVE_INFINITY;
    for (int[] option : options) {
      for (int[] other : others) {
        least = Math.min(least, covariance(option, other));
      }
    }
    return least;
  }
}
