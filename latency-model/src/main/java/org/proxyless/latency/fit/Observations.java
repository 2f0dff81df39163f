package org.proxyless.latency.fit;

import java.util.List;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkTiming;

/**
 * What was measured: every term alone, and whole networks.
 *
 * @param keys of the terms, in order; the call is one of them, if it was measured
 * @param logMillis of each term
 * @param errors relative standard errors of these
 * @param counts how often each term is in each network, [network][term]
 * @param logNetworkMillis of each network
 * @param networkErrors relative standard errors of these
 */
record Observations(
    List<String> keys,
    double[] logMillis,
    double[] errors,
    double[][] counts,
    double[] logNetworkMillis,
    double[] networkErrors) {
  /** Of an entry whose standard error is not known. */
  private static final double USUAL_ERROR = 0.03;

  /** Those that a table holds. */
  static Observations of(LatencyTable table) {
    List<String> keys = List.copyOf(table.entries().keySet());
    List<LatencyEntry> entries = List.copyOf(table.entries().values());
    double[] logMillis = new double[keys.size()];
    double[] errors = new double[keys.size()];
    for (int term = 0; term < logMillis.length; term++) {
      LatencyEntry entry = entries.get(term);
      logMillis[term] = Math.log(entry.medianMillis());
      errors[term] =
          entry.standardErrorMillis().orElse(USUAL_ERROR * entry.medianMillis())
              / entry.medianMillis();
    }
    List<NetworkTiming> timings = table.timings();
    double[][] counts = new double[timings.size()][keys.size()];
    for (int network = 0; network < counts.length; network++) {
      for (String operator : timings.get(network).operators()) {
        int term = keys.indexOf(operator);
        if (term >= 0) { // Zero costs nothing and has no term
          counts[network][term]++;
        }
      }
      int call = keys.indexOf(LatencyTable.CALL);
      if (call >= 0) {
        counts[network][call] = 1;
      }
    }
    return new Observations(
        keys,
        logMillis,
        errors,
        counts,
        timings.stream().mapToDouble(timing -> Math.log(timing.millis())).toArray(),
        timings.stream()
            .mapToDouble(timing -> timing.standardErrorMillis() / timing.millis())
            .toArray());
  }

  int terms() {
    return keys.size();
  }

  int networks() {
    return counts.length;
  }

  /** Whether a term is the call, which is not timed as operators are. */
  boolean isCall(int term) {
    return keys.get(term).equals(LatencyTable.CALL);
  }
}
