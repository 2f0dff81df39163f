package org.proxyless.search.estimate;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a learning curve leads: several families of curves are fitted to its beginning, and what
 * they say of its end is averaged by how well they fit, with Akaike's weights (all have as many
 * parameters, so a weight is proportional to squares^(−n/2) of n points).
 */
final class Extrapolation {
  /** An accuracy is known no better than this; a family that fits exactly is not beyond measure. */
  private static final double RESOLUTION = 1e-6;

  /** Three parameters, and one point to tell the families apart. */
  static final int LEAST_POINTS = 4;

  private Extrapolation() {}

  /**
   * The value at the end.
   *
   * @param x the places of points, in parts of the whole: above 0, below 1
   * @param y accuracies there, 0 to 1
   * @return the accuracy expected at 1, from 0 to 1
   */
  static double atEnd(double[] x, double[] y) {
    if (x.length < LEAST_POINTS || x.length != y.length) {
      throw new IllegalArgumentException(
          x.length + " places and " + y.length + " values; " + LEAST_POINTS + " are needed");
    }
    List<CurveFamily.Fit> fits = new ArrayList<>();
    for (CurveFamily family : CurveFamily.values()) {
      fits.add(family.fit(x, y));
    }
    double least = fits.stream().mapToDouble(fit -> squares(fit, x.length)).min().orElseThrow();
    double sum = 0;
    double weights = 0;
    for (CurveFamily.Fit fit : fits) {
      double weight = Math.pow(squares(fit, x.length) / least, -x.length / 2.0);
      sum += weight * fit.at(1);
      weights += weight;
    }
    return Math.max(0, Math.min(1, sum / weights));
  }

  private static double squares(CurveFamily.Fit fit, int points) {
    return fit.squares() + points * RESOLUTION * RESOLUTION;
  }
}
