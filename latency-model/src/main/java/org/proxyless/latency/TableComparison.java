package org.proxyless.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.proxyless.base.InvalidInputException;

/**
 * Two tables side by side.
 *
 * @param rows the entries that both have, in the order of their keys
 * @param onlyFirst the keys that the first table alone has
 * @param onlySecond the keys that the second table alone has
 * @param fingerprintDifferences one line for each fact that differs
 */
public record TableComparison(
    List<Row> rows,
    List<String> onlyFirst,
    List<String> onlySecond,
    List<String> fingerprintDifferences) {

  /** An entry that both tables have. */
  public record Row(String key, double firstMillis, double secondMillis) {
    /** second / first; empty unless both are positive, as the terms of linear models may not be. */
    public OptionalDouble ratio() {
      return firstMillis > 0 && secondMillis > 0
          ? OptionalDouble.of(secondMillis / firstMillis)
          : OptionalDouble.empty();
    }
  }

  public TableComparison {
    rows = List.copyOf(rows);
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
    fingerprintDifferences = List.copyOf(fingerprintDifferences);
  }

  /**
   * Compares two tables.
   *
   * @throws InvalidInputException if one is a linear model and the other is not
   */
  public static TableComparison of(LatencyTable first, LatencyTable second) {
    if (first.kind() != second.kind()) {
      throw new InvalidInputException(
          "a "
              + first.kind()
              + " and a "
              + second.kind()
              + " cannot be compared entry by entry. Compare the networks that they price.");
    }
    List<Row> rows = new ArrayList<>();
    first
        .entries()
        .forEach(
            (key, entry) -> {
              LatencyEntry other = second.entries().get(key);
              if (other != null) {
                rows.add(new Row(key, entry.medianMillis(), other.medianMillis()));
              }
            });
    return new TableComparison(
        rows,
        only(first, second),
        only(second, first),
        first.fingerprint().differences(second.fingerprint()));
  }

  private static List<String> only(LatencyTable one, LatencyTable other) {
    TreeSet<String> keys = new TreeSet<>(one.entries().keySet());
    keys.removeAll(other.entries().keySet());
    return List.copyOf(keys);
  }

  /** The median of the ratios: a shift that is common to all. Empty if there are none. */
  public OptionalDouble medianRatio() {
    return median(ratios());
  }

  /** The median of |ratio − 1|. */
  public OptionalDouble medianDifference() {
    return median(ratios().map(ratio -> Math.abs(ratio - 1)));
  }

  /** The median of |ratio − 1| after the common shift is divided out of the second table. */
  public OptionalDouble medianScaledDifference() {
    OptionalDouble shift = medianRatio();
    return shift.isEmpty()
        ? shift
        : median(ratios().map(ratio -> Math.abs(ratio / shift.getAsDouble() - 1)));
  }

  private DoubleStream ratios() {
    return rows.stream().map(Row::ratio).flatMapToDouble(OptionalDouble::stream);
  }

  private static OptionalDouble median(DoubleStream values) {
    double[] all = values.toArray();
    return all.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(new Median().evaluate(all));
  }
}
