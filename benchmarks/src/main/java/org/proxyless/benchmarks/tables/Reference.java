package org.proxyless.benchmarks.tables;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.jmh.Blocks;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.latency.LatencyTable;

/**
 * How long the reference usually takes: the operators among which a table's operators are measured,
 * which are timed beside everything. What else a shared machine does makes everything on it slower
 * by a fifth for seconds or minutes, the reference too; so a latency is measured as a multiple of
 * the reference's time at that moment, and stated for its usual time.
 *
 * @param besideOperatorsNanos in turns with operators
 * @param besideNetworksNanos in turns with networks, the second of two calls
 */
record Reference(double besideOperatorsNanos, double besideNetworksNanos) {
  /**
   * Operators do not all follow a machine's change of speed as the reference does. Of a hundred
   * networks at 1.32 times the table, stated at the table's speed, 84 lay in the intervals of 95 %
   * that the table stated; so much more spread, 2.8 % there, was chosen to make up for that.
   */
  private static final double OWN_SHARE_OF_DRIFT = 0.1;

  private static final String BESIDE_OPERATORS = "referenceMillis";
  private static final String BESIDE_NETWORKS = "secondReferenceBesideNetworksMillis";

  /** As a table says. */
  static Reference of(LatencyTable table) {
    return new Reference(nanos(table, BESIDE_OPERATORS), nanos(table, BESIDE_NETWORKS));
  }

  /** Whether a table says so. */
  static boolean isIn(LatencyTable table) {
    return table.settings().keySet().containsAll(List.of(BESIDE_OPERATORS, BESIDE_NETWORKS));
  }

  /** As it was in these visits; where there were no networks, as it was beside operators. */
  static Reference usual(List<Visit> visits) {
    double besideOperators = median(visits, Visit::isOperator);
    double besideNetworks = median(visits, Visit::isNetwork);
    return new Reference(
        besideOperators, Double.isNaN(besideNetworks) ? besideOperators : besideNetworks);
  }

  private static double median(List<Visit> visits, Predicate<Visit> which) {
    double[] times =
        visits.stream()
            .filter(which)
            .flatMap(visit -> visit.measured().blocks().stream())
            .mapToDouble(Visit.Block::referenceNanos)
            .toArray();
    return times.length == 0 ? Double.NaN : Visit.median(times);
  }

  /** Its usual time in the turns of such a visit. */
  double nanos(Visit visit) {
    return visit.isNetwork() ? besideNetworksNanos : besideOperatorsNanos;
  }

  /**
   * How far a latency may be off because it was measured at another speed, as a share: a standard
   * deviation.
   *
   * @param drift how many times its usual time the reference took
   */
  static double relativeDeviation(double drift) {
    return OWN_SHARE_OF_DRIFT * Math.abs(Math.log(drift));
  }

  /** This, if the machine were so many times slower. */
  Reference times(double factor) {
    return new Reference(besideOperatorsNanos * factor, besideNetworksNanos * factor);
  }

  /** What a table says of it. */
  Map<String, String> settings() {
    return Map.of(
        BESIDE_OPERATORS,
        String.valueOf(besideOperatorsNanos / Blocks.NANOS_A_MILLI),
        BESIDE_NETWORKS,
        String.valueOf(besideNetworksNanos / Blocks.NANOS_A_MILLI));
  }

  private static double nanos(LatencyTable table, String setting) {
    String millis = Neighbours.setting(table, setting);
    try {
      return Double.parseDouble(millis) * Blocks.NANOS_A_MILLI;
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "the latency table of device '"
              + table.device()
              + "' has "
              + setting
              + " '"
              + millis
              + "', which is no number. Measure one with 'profile'.",
          e);
    }
  }
}
