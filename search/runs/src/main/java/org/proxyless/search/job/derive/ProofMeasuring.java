package org.proxyless.search.job.derive;

import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;

/** What a proof has measured. */
interface ProofMeasuring {
  /**
   * A network's latency in its deployed form, untrained.
   *
   * @param repeat how many networks were measured before
   */
  WatchedMeasurement time(Network network, int repeat);

  /**
   * A table that knows what was measured of a network.
   *
   * @param table what was known before
   * @param look what {@link #time} gave
   * @param repeat how many networks were measured before
   */
  LatencyTable learn(LatencyTable table, Network network, WatchedMeasurement look, int repeat);
}
