package org.proxyless.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

/**
 * What the terms of a network's latency are once all measurements of a table are taken together,
 * and how uncertain: the posterior of a fit. Errors of terms are correlated, since whole networks
 * were measured as well, so a sum has a covariance of its own.
 */
public final class TableEstimate {
  /** The 95th percentile of a normal distribution, in standard deviations. */
  public static final double CAUTION = 1.645;

  /** One aims at 0.975 of a target. */
  private static final double LEAST_RESERVE = 1 / 0.975 - 1;

  private final SortedMap<String, Double> millis;
  private final List<String> keys;
  private final Map<String, Integer> places = new TreeMap<>();
  private final double[][] covariance;
  private final double discrepancy;

  /**
   * @param millis each term by its key; positive
   * @param covariance of the terms' relative errors, in the order of the keys
   * @param discrepancy standard deviation of what a network differs from its sum, as a share of it
   * @throws InvalidInputException if a value is out of its range
   */
  public TableEstimate(Map<String, Double> millis, double[][] covariance, double discrepancy) {
    this.millis = new TreeMap<>(millis);
    this.keys = List.copyOf(this.millis.keySet());
    this.covariance = Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
    this.discrepancy = discrepancy;
    for (int i = 0; i < keys.size(); i++) {
      places.put(keys.get(i), i);
    }
    requireSound();
  }

  private void requireSound() {
    this.millis.forEach(
        (key, value) -> require(value > 0 && value < 1e9, "'" + key + "'", value, "positive"));
    require(covariance.length == keys.size(), "covariance", covariance.length, "one row a term");
    for (int row = 0; row < covariance.length; row++) {
      require(
          covariance[row].length == keys.size()
              && Arrays.stream(covariance[row]).allMatch(Double::isFinite)
              && covariance[row][row] >= 0,
          "covariance of '" + keys.get(row) + "'",
          Arrays.toString(covariance[row]),
          "finite, its own variance not negative");
    }
    require(discrepancy >= 0 && discrepancy < 1e9, "discrepancy", discrepancy, "0 or more");
  }

  private static void require(boolean sound, String what, Object value, String rule) {
    if (!sound) {
      throw new InvalidInputException(
          "estimate: " + what + " is " + value + "; it must be " + rule + ". Measure again.");
    }
  }

  /** The keys of the terms, in order. */
  public List<String> keys() {
    return keys;
  }

  /** The place of a key among them; of one that is not there −1. */
  public int place(String key) {
    return places.getOrDefault(key, -1);
  }

  /** A term. */
  public double millis(String key) {
    return Objects.requireNonNull(millis.get(key), key);
  }

  /** The covariance of two terms' relative errors. */
  public double covariance(int row, int column) {
    return covariance[row][column];
  }

  /** The same in square milliseconds. */
  double covarianceMillis(int row, int column) {
    return covariance[row][column] * millis(keys.get(row)) * millis(keys.get(column));
  }

  /** Standard deviation of what a network differs from its sum, as a share of it. */
  public double discrepancy() {
    return discrepancy;
  }

  /**
   * The share of its prediction that is kept free below a target T for every network: predictions
   * are to be at most T' = T/(1 + margin). It is what networks differ from their sums with a chance
   * of 95 %, or what it takes to aim at 0.975 T if that is more; what a network's own terms are
   * uncertain by comes besides.
   */
  public double margin() {
    return Math.max(CAUTION * discrepancy, LEAST_RESERVE);
  }

  /** Standard deviation of one term, in milliseconds. */
  public double standardDeviationMillis(String key) {
    int place = place(key);
    return millis(key) * Math.sqrt(covariance[place][place]);
  }

  /**
   * Standard deviation of a network's latency around its prediction, in milliseconds: of the sum of
   * its terms and of what networks differ from their sums. Terms that are not there count nothing.
   */
  public double standardDeviationMillis(Network network) {
    return standardDeviationMillis(network.operators().stream().map(Operator::key).toList());
  }

  private List<Integer> terms(List<String> operators) {
    List<Integer> terms = new ArrayList<>();
    terms.add(place(LatencyTable.CALL));
    operators.forEach(key -> terms.add(place(key)));
    terms.removeIf(place -> place < 0);
    return terms;
  }

  /** The same as a share of the prediction, for the network of a timing. */
  double relativeDeviation(NetworkTiming timing) {
    double sum = terms(timing.operators()).stream().mapToDouble(row -> millis(keys.get(row))).sum();
    return standardDeviationMillis(timing.operators()) / sum;
  }

  private double standardDeviationMillis(List<String> operators) {
    List<Integer> terms = terms(operators);
    double sum = 0;
    double variance = 0;
    for (int row : terms) {
      sum += millis(keys.get(row));
      for (int column : terms) {
        variance += covarianceMillis(row, column);
      }
    }
    return Math.sqrt(Math.max(0, variance) + Math.pow(discrepancy * sum, 2));
  }

  /** The same if everything were slower by one factor: relative errors stay. */
  public TableEstimate times(double factor) {
    TreeMap<String, Double> scaled = new TreeMap<>();
    millis.forEach((key, value) -> scaled.put(key, value * factor));
    return new TableEstimate(scaled, covariance, discrepancy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TableEstimate that
        && millis.equals(that.millis)
        && Arrays.deepEquals(covariance, that.covariance)
        && discrepancy == that.discrepancy;
  }

  @Override
  public int hashCode() {
    return millis.hashCode();
  }
}
