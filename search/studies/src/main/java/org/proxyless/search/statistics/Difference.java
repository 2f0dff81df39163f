package org.proxyless.search.statistics;

import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * By how much one sample lies above another, and whether chance explains it.
 *
 * @param first the sample of which the other is subtracted
 * @param second the other one
 */
public record Difference(Sample first, Sample second) {
  /** Up to so many ways of dealing the ranks the rank test is exact. */
  private static final double MOST_DEALS = 200_000;

  private static final double ROUNDING = 1e-9;

  /** The difference of the means. */
  public double mean() {
    return first.mean() - second.mean();
  }

  /**
   * The interval of the difference of the means for samples of unequal variance (Welch, 1947);
   * empty if a sample has a single value, or no value varies.
   */
  public Optional<Interval> interval95() {
    if (!hasSpread()) {
      return Optional.empty();
    }
    double quantile =
        new TDistribution(degreesOfFreedom())
            .inverseCumulativeProbability((1 + Interval.LEVEL) / 2);
    return Optional.of(
        new Interval(mean() - quantile * standardError(), mean() + quantile * standardError()));
  }

  /**
   * Welch's t-test: the chance of a difference at least this large, in either direction, if the
   * means were equal; empty where {@link #interval95} is.
   */
  public OptionalDouble welchP() {
    if (!hasSpread()) {
      return OptionalDouble.empty();
    }
    double t = Math.abs(mean()) / standardError();
    return OptionalDouble.of(2 * new TDistribution(degreesOfFreedom()).cumulativeProbability(-t));
  }

  private boolean hasSpread() {
    return first.size() > 1 && second.size() > 1 && standardError() > 0;
  }

  private double standardError() {
    return Math.sqrt(first.squaredError() + second.squaredError());
  }

  /** Of Welch and Satterthwaite. */
  private double degreesOfFreedom() {
    double a = first.squaredError();
    double b = second.squaredError();
    return (a + b) * (a + b) / (a * a / (first.size() - 1) + b * b / (second.size() - 1));
  }

  /**
   * The test of Mann and Whitney: the chance, in either direction, of ranks divided so unevenly if
   * both samples came from one source. Exact, ties included, for samples as small as these are.
   */
  public double rankP() {
    int together = first.size() + second.size();
    if (CombinatoricsUtils.binomialCoefficientDouble(together, first.size()) > MOST_DEALS) {
      return new MannWhitneyUTest().mannWhitneyUTest(first.array(), second.array());
    }
    double[] all = new double[together];
    System.arraycopy(first.array(), 0, all, 0, first.size());
    System.arraycopy(second.array(), 0, all, first.size(), second.size());
    double[] ranks = midranks(all);
    double expected = first.size() * (together + 1) / 2.0;
    double seen = 0;
    for (int i = 0; i < first.size(); i++) {
      seen += ranks[i];
    }
    long deals = 0;
    long asUneven = 0;
    Iterator<int[]> chosen = CombinatoricsUtils.combinationsIterator(together, first.size());
    while (chosen.hasNext()) {
      double sum = 0;
      for (int index : chosen.next()) {
        sum += ranks[index];
      }
      deals++;
      asUneven += Math.abs(sum - expected) >= Math.abs(seen - expected) - ROUNDING ? 1 : 0;
    }
    return (double) asUneven / deals;
  }

  /** From 1; equal values share the mean of their ranks. */
  private static double[] midranks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = 0;
      int equal = 0;
      for (double value : values) {
        below += value < values[i] ? 1 : 0;
        equal += value == values[i] ? 1 : 0;
      }
      ranks[i] = below + (equal + 1) / 2.0;
    }
    return ranks;
  }
}
