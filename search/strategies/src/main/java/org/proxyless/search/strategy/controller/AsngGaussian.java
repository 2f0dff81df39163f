package org.proxyless.search.strategy.controller;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A Gaussian over a whole number, in the expectation parameters m = E[x] and v = E[x²]. It starts
 * at the middle of the range with half the range as deviation, and never gets narrower than 1/4.
 */
final class AsngGaussian {
  private static final double LEAST_SIGMA = 0.25;

  private final int least;
  private final int most;
  private final double greatestSigma;
  private double mean;
  private double square;

  /**
   * @param least the range's first number
   * @param most its last, above the first
   */
  AsngGaussian(int least, int most) {
    this.least = least;
    this.most = most;
    greatestSigma = (most - least) / 2.0;
    mean = (most + least) / 2.0;
    square = mean * mean + greatestSigma * greatestSigma;
  }

  /** m. */
  double mean() {
    return mean;
  }

  /** v. */
  double square() {
    return square;
  }

  /** √(v − m²). */
  double sigma() {
    return Math.sqrt(square - mean * mean);
  }

  /** The number that a sample stands for. */
  int decoded(double x) {
    return (int) Math.round(Math.max(least, Math.min(most, x)));
  }

  /** The probability of every number of the range: what is beyond its ends falls to them. */
  double[] probabilities() {
    NormalDistribution normal = new NormalDistribution(mean, sigma());
    double[] p = new double[most - least + 1];
    for (int i = 0; i < p.length; i++) {
      double below = i == 0 ? 0 : normal.cumulativeProbability(least + i - 0.5);
      double above = i == p.length - 1 ? 1 : normal.cumulativeProbability(least + i + 0.5);
      p[i] = Math.max(above - below, Double.MIN_NORMAL);
    }
    return p;
  }

  /**
   * √F · (dm, dv), F being the Fisher matrix: the inverse of the covariance of x and x², σ² [[1,
   * 2m], [2m, 4m² + 2σ²]]. The root of a positive 2×2 matrix A is (A + √|A| I) / √(tr A + 2√|A|).
   */
  double[] whitened(double dm, double dv) {
    double variance = square - mean * mean;
    double determinant = 2 * variance * variance * variance;
    double a = variance * (4 * mean * mean + 2 * variance) / determinant;
    double b = -variance * 2 * mean / determinant;
    double c = variance / determinant;
    double root = Math.sqrt(1 / determinant);
    double scale = Math.sqrt(a + c + 2 * root);
    return new double[] {((a + root) * dm + b * dv) / scale, (b * dm + (c + root) * dv) / scale};
  }

  /** Adds to m and v, and keeps both in their ranges. */
  void move(double dm, double dv) {
    mean = Math.max(least, Math.min(most, mean + dm));
    double low = mean * mean + LEAST_SIGMA * LEAST_SIGMA;
    double high = mean * mean + greatestSigma * greatestSigma;
    square = Math.max(low, Math.min(Math.max(low, high), square + dv));
  }
}
