package org.proxyless.search.strategy;

import org.proxyless.latency.SpaceLatency;

/**
 * The cross-entropy alone, on the architectures whose expected latency is at most the target: after
 * each step the probabilities are projected, p_i ← p_i·e^(−τ·LUT_i)/Z with the least τ ≥ 0 that
 * brings E to the target, which in terms of the architecture parameters is a_i ← a_i − τ·LUT_i.
 * This is the nearest such distribution in relative entropy, and there is nothing to tune.
 *
 * @param latency the space's latencies
 * @param targetMillis above the cheapest network's latency
 */
public record TargetProjection(SpaceLatency latency, double targetMillis) implements LatencyLoss {
  /** The bisection ends when E is this close under the target, as a share of it. */
  private static final double TOLERANCE = 1e-9;

  public TargetProjection {
    if (!(targetMillis > latency.minMillis())) {
      throw new IllegalArgumentException(
          "the target "
              + targetMillis
              + " ms must be above the cheapest network's "
              + latency.minMillis()
              + " ms");
    }
  }

  @Override
  public double value(double crossEntropy, double expectedMillis) {
    return crossEntropy;
  }

  @Override
  public double crossEntropySlope(double crossEntropy, double expectedMillis) {
    return 1;
  }

  @Override
  public double latencySlope(double crossEntropy, double expectedMillis) {
    return 0;
  }

  @Override
  public void project(double[][] alphas) {
    if (expectedMillis(alphas, 0) <= targetMillis) {
      return;
    }
    double low = 0;
    double high = 1;
    while (expectedMillis(alphas, high) > targetMillis) {
      low = high;
      high *= 2;
    }
    while (expectedMillis(alphas, high) < targetMillis * (1 - TOLERANCE)
        && high - low > Math.ulp(high)) {
      double middle = (low + high) / 2;
      if (expectedMillis(alphas, middle) > targetMillis) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double[][] tilted = tilted(alphas, high);
    for (int e = 0; e < alphas.length; e++) {
      System.arraycopy(tilted[e], 0, alphas[e], 0, alphas[e].length);
    }
  }

  private double expectedMillis(double[][] alphas, double tau) {
    return latency.expectedMillis(Categorical.softmax(tilted(alphas, tau)));
  }

  private double[][] tilted(double[][] alphas, double tau) {
    double[][] millis = latency.operatorMillis();
    double[][] tilted = new double[alphas.length][];
    for (int e = 0; e < tilted.length; e++) {
      tilted[e] = alphas[e].clone();
      for (int c = 0; c < tilted[e].length; c++) {
        tilted[e][c] -= tau * millis[e][c];
      }
    }
    return tilted;
  }
}
