package org.proxyless.search.job.result;

import java.util.Locale;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.LatencyTable;

/**
 * The latency T that a network is to meet, and T' = T/(1 + m), which predictions keep, because the
 * table may predict too little by its margin m.
 *
 * @param millis T
 * @param percentile of the calls that are to be within it: 50 for their median, or 95
 * @param margin m, 0 for a table that was never verified
 * @param verified whether the table was verified
 */
public record LatencyTarget(double millis, int percentile, double margin, boolean verified) {
  /** The percentile that a target is of if nothing else is asked for. */
  public static final int MEDIAN = 50;

  /** The other percentile that a target may be of. */
  public static final int TAIL = 95;

  /** In standard errors: what is above a target by less is not missed. */
  private static final double DOUBT = 2;

  /** T with the greater of the table's margins at T and at T'. */
  public static LatencyTarget of(double millis, int percentile, LatencyTable table) {
    double margin = table.margin(millis);
    double below = table.margin(millis / (1 + margin));
    return new LatencyTarget(millis, percentile, Math.max(margin, below), table.isVerified());
  }

  /** T': what a prediction may be at most. */
  public double boundMillis() {
    return millis / (1 + margin);
  }

  /** The latency that counts. */
  public double millisOf(WatchedMeasurement measured) {
    return percentile == TAIL ? measured.network().p95Millis() : measured.network().medianMillis();
  }

  /**
   * What a measurement says. On a machine that drifted it says something only if it says the same
   * as it was measured and at the table's speed; and a target is not missed where it was met but
   * for a machine that was a little slow, or where two standard errors would make it met.
   */
  public Verdict verdict(WatchedMeasurement measured) {
    double seen = millisOf(measured);
    Verdict verdict = verdict(seen);
    double atTableSpeed = measured.atTableSpeed(seen);
    if (verdict == Verdict.MISSED) {
      double least = atTableSpeed * (1 - DOUBT * measured.relativeUncertainty());
      return verdict(least) == Verdict.MISSED ? Verdict.MISSED : Verdict.DRIFTED;
    }
    return !measured.drifted() || verdict(atTableSpeed) == Verdict.MET
        ? Verdict.MET
        : Verdict.DRIFTED;
  }

  /** For a line of progress: the latency that counts, and what the machine did. */
  public String text(WatchedMeasurement measured) {
    String millis = String.format(Locale.ROOT, "%.3f ms", millisOf(measured));
    return measured.drift().isEmpty()
        ? millis
        : millis
            + String.format(
                Locale.ROOT, " (machine at %.2f times the table)", measured.drift().getAsDouble());
  }

  private Verdict verdict(double measuredMillis) {
    return measuredMillis <= millis ? Verdict.MET : Verdict.MISSED;
  }
}
