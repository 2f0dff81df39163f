package org.proxyless.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Operator;

/**
 * How uncertain the latencies of a space's networks are: the variance of a sum of correlated terms,
 * those of the blocks without a choice and those of the chosen options.
 */
final class ChoiceUncertainty {
  private final double discrepancy;
  private final double margin;

  /** Where inputs are chosen: what a choice's network has. */
  private final Optional<OfNetworks> networks;

  private final double fixedVariance;

  /** What an option adds to the variance of what every network has, [decision][option]. */
  private final double[][] alone;

  /** The covariance of two options, [decision][earlier decision][option][its option]. */
  private final double[][][][] between;

  /**
   * @param fixed terms of every network
   * @param terms of [decision][option]: one a block that follows the decision; none of Zero
   */
  private ChoiceUncertainty(TableEstimate estimate, List<Integer> fixed, int[][][] terms) {
    this.discrepancy = estimate.discrepancy();
    this.margin = estimate.margin();
    this.networks = Optional.empty();
    double[][] covariance = covariance(estimate);
    double[] withFixed = new double[covariance.length];
    for (int term = 0; term < withFixed.length; term++) {
      for (int other : fixed) {
        withFixed[term] += covariance[term][other];
      }
    }
    this.fixedVariance = fixed.stream().mapToDouble(term -> withFixed[term]).sum();
    this.alone = new double[terms.length][];
    this.between = new double[terms.length][][][];
    for (int d = 0; d < terms.length; d++) {
      alone[d] =
          Arrays.stream(terms[d])
              .mapToDouble(option -> variance(option, covariance, withFixed))
              .toArray();
      between[d] = new double[d][][];
      for (int before = 0; before < d; before++) {
        between[d][before] = covariances(terms[d], terms[before], covariance);
      }
    }
  }

  private ChoiceUncertainty(TableEstimate estimate, OfNetworks networks) {
    this.discrepancy = estimate.discrepancy();
    this.margin = estimate.margin();
    this.networks = Optional.of(networks);
    this.fixedVariance = 0;
    this.alone = new double[0][];
    this.between = new double[0][][][];
  }

  /** The variance of the sum of a derived network's terms. */
  private record OfNetworks(TableEstimate estimate, double[][] covariance, BlockGraph graph) {
    double variance(int[] choice) {
      double[] counts = new double[covariance.length];
      int call = estimate.place(LatencyTable.CALL);
      if (call >= 0) {
        counts[call]++;
      }
      for (Operator operator : graph.derive("choice", choice).network().operators()) {
        int term = estimate.place(operator.key());
        if (term >= 0) {
          counts[term]++;
        }
      }
      double variance = 0;
      for (int row = 0; row < counts.length; row++) {
        for (int column = 0; column < counts.length && counts[row] > 0; column++) {
          variance += counts[row] * counts[column] * covariance[row][column];
        }
      }
      return Math.max(0, variance);
    }
  }

  private static double[][] covariance(TableEstimate estimate) {
    int count = estimate.keys().size();
    double[][] covariance = new double[count][count];
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        covariance[row][column] = estimate.covarianceMillis(row, column);
      }
    }
    return covariance;
  }

  private static double variance(int[] option, double[][] covariance, double[] withFixed) {
    double variance = 0;
    for (int i = 0; i < option.length; i++) {
      variance += covariance[option[i]][option[i]] + 2 * withFixed[option[i]];
      for (int j = 0; j < i; j++) {
        variance += 2 * covariance[option[i]][option[j]];
      }
    }
    return variance;
  }

  private static double[][] covariances(int[][] options, int[][] others, double[][] covariance) {
    double[][] sums = new double[options.length][others.length];
    for (int o = 0; o < options.length; o++) {
      for (int p = 0; p < others.length; p++) {
        for (int term : options[o]) {
          for (int other : others[p]) {
            sums[o][p] += covariance[term][other];
          }
        }
      }
    }
    return sums;
  }

  /** Of a graph; blocks without a choice are part of every network. */
  static ChoiceUncertainty of(TableEstimate estimate, BlockGraph graph) {
    if (!graph.isAdditive()) {
      return new ChoiceUncertainty(estimate, new OfNetworks(estimate, covariance(estimate), graph));
    }
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
    if (networks.isPresent()) {
      return networks.get().variance(choice);
    }
    double variance = fixedVariance;
    for (int d = 0; d < choice.length; d++) {
      variance += alone[d][choice[d]];
      for (int before = 0; before < d; before++) {
        variance += 2 * between[d][before][choice[d]][choice[before]];
      }
    }
    return Math.max(0, variance);
  }

  /** What the variance of no network is below: every decision and pair of them at its least. */
  double leastVariance() {
    double least = fixedVariance;
    for (int d = 0; d < alone.length; d++) {
      least += Arrays.stream(alone[d]).min().orElseThrow();
      for (int before = 0; before < d; before++) {
        least +=
            2
                * Arrays.stream(between[d][before])
                    .flatMapToDouble(Arrays::stream)
                    .min()
                    .orElseThrow();
      }
    }
    return Math.max(0, least);
  }
}
