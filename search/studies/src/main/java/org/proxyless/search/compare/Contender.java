package org.proxyless.search.compare;

import java.util.OptionalDouble;
import org.proxyless.network.Network;

/**
 * A network that takes part in a comparison.
 *
 * @param kind where it comes from
 * @param name unique among those compared
 * @param latencyMillis on the scale of the table's predictions
 * @param measuredMillis on the device; empty where it was not measured
 */
public record Contender(
    Kind kind, String name, Network network, double latencyMillis, OptionalDouble measuredMillis) {
  /** Where a network comes from. */
  public enum Kind {
    /** The search. */
    DERIVED,
    /** A uniform draw among the networks of this latency. */
    RANDOM,
    /** A fixed chain like MobileNetV2 brought to this latency by its width. */
    CHAIN
  }
}
