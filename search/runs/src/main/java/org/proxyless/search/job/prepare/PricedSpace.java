package org.proxyless.search.job.prepare;

import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.BlockGraph;
import org.proxyless.search.space.SearchSpace;

/**
 * A search space with the latency of everything in it.
 *
 * @param space what is chosen from
 * @param device that the latencies are of
 * @param table the latencies by operator, at the device's present speed
 * @param usual the same at the speed at which they were measured
 * @param here whether the table was measured on this machine, so that a network can be, too
 */
public record PricedSpace(
    SearchSpace space, DeviceProfile device, LatencyTable table, LatencyTable usual, boolean here) {
  /** On a device that is as quick as it was. */
  public PricedSpace(SearchSpace space, DeviceProfile device, LatencyTable table, boolean here) {
    this(space, device, table, table, here);
  }

  /** The same at the speed at which the latencies were measured. */
  PricedSpace atUsualSpeed() {
    return new PricedSpace(space, device, usual, here);
  }

  /** What is chosen from. */
  public BlockGraph graph() {
    return space.graph();
  }

  /** The latencies by edge and candidate. */
  public SpaceLatency latency() {
    return SpaceLatency.of(table, graph());
  }
}
