package org.proxyless.latency;

import java.time.Instant;
import java.util.List;
import org.proxyless.base.InvalidInputException;

/**
 * How well a table, its correction included, predicted networks that were then measured. The
 * relative error of a prediction is signed: (measured − predicted)/predicted.
 *
 * @param created when
 * @param networks how many were measured, none of them used in fitting
 * @param lowMillis the least prediction
 * @param highMillis the greatest prediction
 * @param residual95 the 95th percentile of the relative errors in each third of that range, the
 *     cheapest first: three values
 * @param meanAbsoluteRelativeError over all networks
 * @param within5Percent the share of networks whose relative error is at most 0.05, 0 to 1
 * @param within10Percent likewise for 0.10
 * @param spearman rank correlation of predictions and measurements
 */
public record Verification(
    Instant created,
    int networks,
    double lowMillis,
    double highMillis,
    List<Double> residual95,
    double meanAbsoluteRelativeError,
    double within5Percent,
    double within10Percent,
    double spearman) {
  private static final int THIRDS = 3;

  /**
   * @throws InvalidInputException if a value is out of its range
   */
  public Verification {
    residual95 = List.copyOf(residual95);
    require(networks >= 1, "networks", networks, "at least 1");
    require(
        0 < lowMillis && lowMillis <= highMillis && highMillis < Double.POSITIVE_INFINITY,
        "range",
        lowMillis + " to " + highMillis + " ms",
        "positive, finite and in order");
    require(
        residual95.size() == THIRDS && residual95.stream().allMatch(r -> r > -1 && r < 1e9),
        "residual95",
        residual95,
        "three relative errors above -1");
    require(
        meanAbsoluteRelativeError >= 0 && meanAbsoluteRelativeError < 1e9,
        "meanAbsoluteRelativeError",
        meanAbsoluteRelativeError,
        "finite and not negative");
    requireBetween(0, "within5Percent", within5Percent);
    requireBetween(0, "within10Percent", within10Percent);
    requireBetween(-1, "spearman", spearman);
  }

  /**
   * How much dearer than predicted a network may turn out: max(0, 95th percentile of the relative
   * errors) of the third of the range that its prediction lies in; beyond the range, of the
   * nearest.
   */
  public double margin(double latencyMillis) {
    if (highMillis == lowMillis) { // a range of one point has no thirds: the worst counts
      return Math.max(0, residual95.stream().max(Double::compare).orElseThrow());
    }
    double share = (latencyMillis - lowMillis) / (highMillis - lowMillis);
    int third = (int) Math.max(0, Math.min(THIRDS - 1, Math.floor(share * THIRDS)));
    return Math.max(0, residual95.get(third));
  }

  private static void requireBetween(int low, String field, double value) {
    require(value >= low && value <= 1, field, value, "from " + low + " to 1");
  }

  private static void require(boolean sound, String field, Object value, String rule) {
    if (!sound) {
      throw new InvalidInputException(
          "verification: "
              + field
              + " is "
              + value
              + "; it must be "
              + rule
              + ". Verify the table again.");
    }
  }
}
