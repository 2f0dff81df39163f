package org.proxyless.benchmarks.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.MeasuringSites;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Operator;

/**
 * Measures operators of a table again, among the neighbours and beside the sentinel that it was
 * measured with.
 *
 * @param keys of the operators
 * @param visitor measures them
 * @param passes how often each is visited in a round
 * @param blocks of calls in a visit
 * @param blockMillis their duration
 */
record OperatorLook(
    LatencyTable table,
    List<String> keys,
    DeviceProfile profile,
    Visitor visitor,
    int passes,
    int blocks,
    int blockMillis) {
  /**
   * What they take, stated for the table's speed.
   *
   * @param rounds in all, those that the journal holds already among them
   * @param seed of the orders
   * @throws MeasuringFailedException if the measuring process dies or this thread is interrupted
   */
  Readings read(int rounds, long seed, Journal journal, MeasuringProgress progress) {
    VisitMeasuring.Subject subject =
        new VisitMeasuring.Subject(
            profile,
            // Neither it nor the classes matter: the call is not measured.
            Operator.ofKey(Neighbours.sentinel(table)).input(),
            1,
            Neighbours.of(table),
            List.of(),
            blocks,
            blockMillis);
    Campaign.Plan plan =
        new Campaign.Plan(subject, keys, Neighbours.sentinel(table), rounds, passes, 0, seed);
    try {
      return new Campaign(plan, visitor, journal, progress)
          .run(MeasuringSites.of(profile).fingerprint(profile))
          .at(Reference.of(table));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a temporary folder", e);
    }
  }
}
