package org.proxyless.benchmarks.tables;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.proxyless.benchmarks.sites.Visit;

/**
 * How much visits to the same thing, made apart, differ: the spread that they have in common, and
 * the standard error of what was visited a few times. The blocks of one visit agree far better than
 * two visits do, so they say nothing of it.
 */
final class VisitSpread {
  /** What is known of one thing's own spread from that of all: as much as from so many visits. */
  private static final double PRIOR_VISITS = 4;

  /** Where nothing was visited twice. */
  private static final double UNKNOWN = 0.03;

  /** A normal distribution's standard deviation over its median absolute deviation. */
  private static final double NORMAL = 1.4826;

  /** Below this, what is left is of the kind that visits have in common. */
  private static final double LEAST = 0.002;

  private final double common;

  /**
   * @param visits the latencies of each thing's visits
   */
  VisitSpread(Collection<List<Double>> visits) {
    List<Double> deviations = new ArrayList<>();
    for (List<Double> ofOne : visits) {
      double[] logs = logs(ofOne);
      double mean = StatUtils.mean(logs);
      for (double log : logs) {
        if (logs.length > 1) {
          deviations.add(Math.abs(log - mean) * Math.sqrt(logs.length / (logs.length - 1.0)));
        }
      }
    }
    common =
        deviations.isEmpty()
            ? UNKNOWN
            : Math.max(
                LEAST,
                NORMAL
                    * Visit.median(deviations.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /** Standard deviation of one visit around what is visited, as a share, for most things. */
  double common() {
    return common;
  }

  /**
   * The standard error of the median of one thing's visits, as a share: from their own spread,
   * drawn towards that of all.
   */
  double relativeStandardError(List<Double> visits) {
    double[] logs = logs(visits);
    double mean = StatUtils.mean(logs);
    double squares = 0;
    for (double log : logs) {
      squares += (log - mean) * (log - mean);
    }
    double variance = (PRIOR_VISITS * common * common + squares) / (PRIOR_VISITS + logs.length - 1);
    // A median of three or more scatters more than a mean does.
    double ofMedian = logs.length < 3 ? 1 : Math.PI / 2;
    return Math.sqrt(ofMedian * variance / logs.length);
  }

  private static double[] logs(List<Double> values) {
    return values.stream().mapToDouble(Math::log).toArray();
  }
}
