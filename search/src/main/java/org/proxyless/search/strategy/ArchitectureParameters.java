package org.proxyless.search.strategy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.proxyless.latency.OperatorChoice;
import org.proxyless.latency.SpaceLatency;

/** The alphas a of every edge, whose softmax is the probability of each candidate. */
final class ArchitectureParameters {
  private static final double INITIAL_SIGMA = 1e-3;

  private final double[][] alphas;

  /** Starts almost indifferent: N(0, 1e-3). */
  ArchitectureParameters(int[] edgeSizes, RandomGenerator random) {
    alphas = new double[edgeSizes.length][];
    for (int e = 0; e < alphas.length; e++) {
      alphas[e] = new double[edgeSizes[e]];
      for (int c = 0; c < alphas[e].length; c++) {
        alphas[e][c] = random.nextGaussian(0, INITIAL_SIGMA);
      }
    }
  }

  /** The parameters themselves, [edge][candidate]: for their optimiser. */
  double[][] values() {
    return alphas;
  }

  int[] edgeSizes() {
    return Arrays.stream(alphas).mapToInt(edge -> edge.length).toArray();
  }

  /** p = softmax(a). */
  double[][] probabilities() {
    return Categorical.softmax(alphas);
  }

  /** The likeliest network among those within the latency, exactly: max Σ log p. */
  int[] likeliest(SpaceLatency latency, double mostMillis) {
    double[][] logProbabilities = new double[alphas.length][];
    for (int e = 0; e < alphas.length; e++) {
      double partition = Categorical.logSumExp(alphas[e]);
      logProbabilities[e] = Arrays.stream(alphas[e]).map(alpha -> alpha - partition).toArray();
    }
    return OperatorChoice.best(logProbabilities, latency, mostMillis);
  }
}
