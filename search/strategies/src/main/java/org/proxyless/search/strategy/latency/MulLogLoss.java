package org.proxyless.search.strategy.latency;

import org.proxyless.search.strategy.LatencyLoss;

/**
 * The loss of ProxylessNAS's published searches, L = a·CE·(ln E / ln T)^b, made independent of the
 * unit: (ln(80·E/T) / ln 80)^b is the same at the published T = 80 ms. It pushes without end.
 *
 * @param targetMillis T
 */
public record MulLogLoss(double targetMillis) implements LatencyLoss {
  private static final double A = 0.2;
  private static final double B = 0.3;
  private static final double PUBLISHED_TARGET_MILLIS = 80;

  @Override
  public double value(double crossEntropy, double expectedMillis) {
    return crossEntropy * crossEntropySlope(crossEntropy, expectedMillis);
  }

  @Override
  public double crossEntropySlope(double crossEntropy, double expectedMillis) {
    return A * Math.pow(ratio(expectedMillis), B);
  }

  @Override
  public double latencySlope(double crossEntropy, double expectedMillis) {
    return A
        * crossEntropy
        * B
        * Math.pow(ratio(expectedMillis), B - 1)
        / (expectedMillis * Math.log(PUBLISHED_TARGET_MILLIS));
  }

  /** ln(80·E/T) / ln 80; the logarithm needs E > T/80, far below any network of a space. */
  private double ratio(double expectedMillis) {
    double scaled = PUBLISHED_TARGET_MILLIS * expectedMillis / targetMillis;
    if (scaled <= 1) {
      throw new IllegalStateException(
          "mul-log has no value at an expected latency of "
              + expectedMillis
              + " ms, 80 times below its target of "
              + targetMillis
              + " ms");
    }
    return Math.log(scaled) / Math.log(PUBLISHED_TARGET_MILLIS);
  }
}
