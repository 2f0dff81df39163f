package org.proxyless.latency;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Operator;

/**
 * What a verification found to be missing from the sums of a table's entries, fitted on measured
 * networks: a constant and additions by operator or place. It is additive, so that the expected
 * latency and the choice of the best network stay what they are; additions may be negative.
 *
 * @param constantMillis added to every network
 * @param operatorMillis added for each operator that a key speaks of; keys as in {@link TableKeys}.
 *     Where several keys speak of an operator, all are added
 */
public record Correction(double constantMillis, SortedMap<String, Double> operatorMillis) {
  /** Corrects nothing. */
  public static final Correction NONE = new Correction(0, new TreeMap<>());

  /**
   * @throws InvalidInputException if a value is not finite
   */
  public Correction {
    operatorMillis = Collections.unmodifiableSortedMap(new TreeMap<>(operatorMillis));
    requireFinite("the constant", constantMillis);
    operatorMillis.forEach((key, millis) -> requireFinite("'" + key + "'", millis));
  }

  /** A correction of these values. */
  public static Correction of(double constantMillis, Map<String, Double> operatorMillis) {
    return new Correction(constantMillis, new TreeMap<>(operatorMillis));
  }

  /** What is added for an operator at a place: the sum over all keys that speak of it. */
  public double millis(int place, Operator operator) {
    double sum = 0;
    for (String key : TableKeys.of(place, operator)) {
      sum += operatorMillis.getOrDefault(key, 0.0);
    }
    return sum;
  }

  private static void requireFinite(String what, double millis) {
    if (!Double.isFinite(millis)) {
      throw new InvalidInputException(
          "the correction of "
              + what
              + " is "
              + millis
              + " ms; it must be finite. Verify the table again.");
    }
  }
}
