package org.proxyless.search.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;

/**
 * How well one figure orders things by another: Kendall's tau-b, from -1 for the reverse order over
 * 0 for none to 1 for the same.
 *
 * @param tau the coefficient
 * @param interval95 by the percentile bootstrap over the pairs
 * @param pairs how many things were ordered
 */
public record RankCorrelation(double tau, Interval interval95, int pairs) {
  private static final int RESAMPLES = 2_000;
  private static final int LEAST_PAIRS = 3;

  /**
   * Correlates two figures of the same things.
   *
   * @param random of the bootstrap
   * @return empty if there are fewer than three things, or a figure is the same for all of them
   */
  public static Optional<RankCorrelation> of(double[] x, double[] y, RandomGenerator random) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " figures against " + y.length);
    }
    double tau = x.length < LEAST_PAIRS ? Double.NaN : tau(x, y);
    if (Double.isNaN(tau)) {
      return Optional.empty();
    }
    double[] resampled = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      resampled[r] = resampledTau(x, y, random);
    }
    double tail = 100 * (1 - Interval.LEVEL) / 2;
    Interval interval =
        new Interval(
            StatUtils.percentile(resampled, tail), StatUtils.percentile(resampled, 100 - tail));
    return Optional.of(new RankCorrelation(tau, interval, x.length));
  }

  /**
   * Of as many pairs drawn with replacement; a draw of one value alone has no order: drawn anew.
   */
  private static double resampledTau(double[] x, double[] y, RandomGenerator random) {
    double[] drawnX = new double[x.length];
    double[] drawnY = new double[y.length];
    double tau;
    do {
      for (int i = 0; i < x.length; i++) {
        int drawn = random.nextInt(x.length);
        drawnX[i] = x[drawn];
        drawnY[i] = y[drawn];
      }
      tau = tau(drawnX, drawnY);
    } while (Double.isNaN(tau));
    return tau;
  }

  /** NaN if all x or all y are equal. */
  private static double tau(double[] x, double[] y) {
    boolean constant =
        Arrays.stream(x).allMatch(value -> value == x[0])
            || Arrays.stream(y).allMatch(value -> value == y[0]);
    return constant ? Double.NaN : new KendallsCorrelation().correlation(x, y);
  }
}
