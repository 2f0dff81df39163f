package org.proxyless.benchmarks.tables;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a table said of a network, and what the network then took.
 *
 * @param predictedMillis by the table
 * @param standardDeviationMillis of that, by the table; 0 where it does not say
 * @param measuredMillis end to end
 * @param standardErrorMillis of that
 */
public record Prediction(
    double predictedMillis,
    double standardDeviationMillis,
    double measuredMillis,
    double standardErrorMillis) {
  private static final double TWO_SIDED_95 = 1.96;

  /** Without a statement of how far off it may be. */
  public Prediction(double predictedMillis, double measuredMillis) {
    this(predictedMillis, 0, measuredMillis, 0);
  }

  /** The relative error, signed: (measured − predicted)/predicted. */
  public double relativeError() {
    return (measuredMillis - predictedMillis) / predictedMillis;
  }

  private boolean isCovered() {
    return Math.abs(measuredMillis - predictedMillis)
        <= TWO_SIDED_95 * Math.hypot(standardDeviationMillis, standardErrorMillis);
  }

  /**
   * The share of networks whose measurement lies in the 95 % interval that was stated for it; empty
   * where none was stated.
   */
  public static OptionalDouble coverage95(List<Prediction> predictions) {
    return predictions.stream().anyMatch(prediction -> prediction.standardDeviationMillis == 0)
        ? OptionalDouble.empty()
        : predictions.stream().mapToDouble(prediction -> prediction.isCovered() ? 1 : 0).average();
  }
}
