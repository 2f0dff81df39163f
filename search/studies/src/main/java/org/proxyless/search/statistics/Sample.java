package org.proxyless.search.statistics;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/** Independent observations of one figure. */
public record Sample(List<Double> values) {
  public Sample {
    values = List.copyOf(values);
    if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a sample needs finite values, not " + values);
    }
  }

  /** How many there are. */
  public int size() {
    return values.size();
  }

  /** Their mean. */
  public double mean() {
    return StatUtils.mean(array());
  }

  /** Student's interval of the mean; empty for a single value, which says nothing of the spread. */
  public Optional<Interval> interval95() {
    if (size() < 2) {
      return Optional.empty();
    }
    double quantile =
        new TDistribution(size() - 1).inverseCumulativeProbability((1 + Interval.LEVEL) / 2);
    double half = quantile * Math.sqrt(squaredError());
    return Optional.of(new Interval(mean() - half, mean() + half));
  }

  /** The squared standard error of the mean, s²/n. */
  double squaredError() {
    return StatUtils.variance(array()) / size();
  }

  double[] array() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
