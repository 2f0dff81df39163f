package org.proxyless.search.strategy.model;

import java.util.Arrays;

/**
 * The covariance of two networks' scores, a sum of four parts:
 *
 * <ul>
 *   <li>the product over the choices of e^(−ℓ_i) where they differ: networks alike in nearly all
 *       choices, some of which matter more than others;
 *   <li>the share of the choices in which they agree: what each choice adds by itself;
 *   <li>e^(−c·|counts − counts'|²): how often each operator is used, wherever;
 *   <li>e^(−t·(latency − latency')²): what the network costs.
 * </ul>
 *
 * How much each part counts is learned ({@link KernelFit}); all parameters are logarithms.
 */
final class NetworkKernel {
  private static final int PRODUCT = 0;
  private static final int AGREEMENT = 1;
  private static final int COUNTS = 2;
  private static final int LATENCY = 3;
  private static final int COUNT_SCALE = 4;
  private static final int LATENCY_SCALE = 5;
  private static final int NOISE = 6;
  private static final int FIRST_CHOICE = 7;

  /** Keeps the covariance of two like networks from being singular. */
  private static final double JITTER = 1e-6;

  private final double[] factors;
  private final double[] ofCounts;
  private final double product;
  private final double agreement;
  private final double latency;
  private final double latencyScale;
  private final double noise;

  /**
   * @param logs the parameters' logarithms, in the order of {@link #typical}
   */
  NetworkKernel(double[] logs) {
    int choices = logs.length - FIRST_CHOICE;
    product = Math.exp(logs[PRODUCT]);
    agreement = Math.exp(logs[AGREEMENT]) / choices;
    latency = Math.exp(logs[LATENCY]);
    latencyScale = Math.exp(logs[LATENCY_SCALE]);
    noise = Math.exp(logs[NOISE]) + JITTER;
    factors = new double[choices];
    Arrays.setAll(factors, i -> Math.exp(-Math.exp(logs[FIRST_CHOICE + i])));
    ofCounts = new double[2 * choices * choices + 1]; // by |counts − counts'|²
    double countScale = Math.exp(logs[COUNT_SCALE]);
    Arrays.setAll(ofCounts, d -> Math.exp(logs[COUNTS] - countScale * d));
  }

  /** Parameters to start from, for scores of variance 1: all parts alike, little noise. */
  static double[] typical(int choices) {
    double[] logs = new double[FIRST_CHOICE + choices];
    Arrays.fill(logs, 0, LATENCY + 1, Math.log(0.5));
    logs[COUNT_SCALE] = Math.log(0.8 / choices);
    logs[LATENCY_SCALE] = Math.log(0.37);
    logs[NOISE] = Math.log(0.0067);
    Arrays.fill(logs, FIRST_CHOICE, logs.length, Math.log(1.3 / choices));
    return logs;
  }

  /** Of two networks' true scores. */
  double covariance(NetworkFeatures a, NetworkFeatures b) {
    double all = product;
    int agreeing = 0;
    for (int i = 0; i < factors.length; i++) {
      if (a.path()[i] == b.path()[i]) {
        agreeing++;
      } else {
        all *= factors[i];
      }
    }
    int squares = 0;
    for (int c = 0; c < a.counts().length; c++) {
      int difference = a.counts()[c] - b.counts()[c];
      squares += difference * difference;
    }
    double apart = a.latency() - b.latency();
    return all
        + agreement * agreeing
        + ofCounts[squares]
        + latency * Math.exp(-latencyScale * apart * apart);
  }

  /** The variance of a network's true score, the same for all. */
  double variance() {
    return product + agreement * factors.length + ofCounts[0] + latency;
  }

  /** The variance of an observed score about the true one. */
  double noise() {
    return noise;
  }

  /** The covariance of observed scores. */
  double[][] ofObserved(NetworkFeatures[] networks) {
    double[][] matrix = new double[networks.length][networks.length];
    for (int i = 0; i < networks.length; i++) {
      for (int j = 0; j < i; j++) {
        matrix[i][j] = covariance(networks[i], networks[j]);
        matrix[j][i] = matrix[i][j];
      }
      matrix[i][i] = variance() + noise;
    }
    return matrix;
  }
}
