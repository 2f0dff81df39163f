package org.proxyless.benchmarks;

/**
 * What a table said of a network, and what the network then took.
 *
 * @param predictedMillis by the table
 * @param measuredMillis end to end
 */
public record Prediction(double predictedMillis, double measuredMillis) {
  /** The relative error, signed: (measured − predicted)/predicted. */
  public double relativeError() {
    return (measuredMillis - predictedMillis) / predictedMillis;
  }
}
