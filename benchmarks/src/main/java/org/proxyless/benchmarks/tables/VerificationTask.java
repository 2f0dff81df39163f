package org.proxyless.benchmarks.tables;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;

/**
 * Networks on which to verify a table. All are of one space: they have as many operators.
 *
 * @param table measured by {@link Profiler} on this machine
 * @param profile the table's device
 * @param uniform networks drawn uniformly from the space; at least {@link PredictionErrors#FEWEST}
 * @param spread networks spread over the range of latencies; at least as many
 * @param passes how often each network is timed
 * @param seed of the orders
 */
public record VerificationTask(
    LatencyTable table,
    DeviceProfile profile,
    List<Network> uniform,
    List<Network> spread,
    int passes,
    long seed) {
  public VerificationTask {
    uniform = List.copyOf(uniform);
    spread = List.copyOf(spread);
    if (Math.min(uniform.size(), spread.size()) < PredictionErrors.FEWEST) {
      throw new IllegalArgumentException(
          uniform.size() + " and " + spread.size() + " networks are too few");
    }
  }

  /** All networks, the uniform ones first. */
  List<Network> networks() {
    List<Network> all = new ArrayList<>(uniform);
    all.addAll(spread);
    return all;
  }
}
