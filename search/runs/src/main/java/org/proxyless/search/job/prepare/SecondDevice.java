package org.proxyless.search.job.prepare;

import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.latency.choice.OperatorChoice.Remainder;
import org.proxyless.search.job.result.LatencyTarget;

/**
 * Another device whose latency the network keeps as well.
 *
 * @param priced the space with that device's latencies
 * @param target that predictions for it keep, with its own table's margin
 */
public record SecondDevice(PricedSpace priced, LatencyTarget target) {
  /** What a network may take there by the table. */
  Limit limit() {
    SpaceLatency latency = priced.latency();
    return new Limit(
        "latency in ms on " + priced.device().name(),
        target.boundMillis(),
        latency.fixedMillis(),
        latency.operatorMillis(),
        new Remainder(latency::restMillis, 0));
  }
}
