package org.proxyless.search.strategy.latency;

import org.proxyless.search.strategy.LatencyLoss;

/**
 * L = CE + λ (E − T)/T (the form of ProxylessNAS, equation 3, relative to the target). It pushes
 * without end.
 *
 * @param targetMillis T
 */
public record AddLinearLoss(double targetMillis) implements LatencyLoss {
  private static final double LAMBDA = 0.1;

  @Override
  public double value(double crossEntropy, double expectedMillis) {
    return crossEntropy + LAMBDA * (expectedMillis - targetMillis) / targetMillis;
  }

  @Override
  public double crossEntropySlope(double crossEntropy, double expectedMillis) {
    return 1;
  }

  @Override
  public double latencySlope(double crossEntropy, double expectedMillis) {
    return LAMBDA / targetMillis;
  }
}
