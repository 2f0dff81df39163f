package org.proxyless.search.compare;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Network;

/**
 * Tells how long a {@link FixedChain} takes. A table has entries for the widths of its space alone,
 * so it cannot price such a chain. Where the device is here, the chain is measured; elsewhere its
 * multiply-accumulates stand for it, which is an estimate. Either way the latency is on the scale
 * of the table's predictions, so that it can be compared with them.
 */
interface ChainLatency extends ToDoubleFunction<Network> {
  /** How the latency of the chain is known. */
  enum Basis {
    /** Measured, next to a measurement of the derived network. */
    MEASURED,
    /** By its multiply-accumulates, from those and the price of another network. */
    MULTIPLY_ACCUMULATES
  }

  /**
   * By measurement: what the derived network is predicted to take, times how much longer the chain
   * takes than it does. Both are measured in turn, so that a slow hour of the machine cancels out.
   */
  final class Measured implements ChainLatency {
    private final ToDoubleFunction<Network> stopwatch;
    private final NetworkLatency derived;

    /**
     * @param stopwatch tells a network's latency in milliseconds
     */
    public Measured(ToDoubleFunction<Network> stopwatch, NetworkLatency derived) {
      this.stopwatch = stopwatch;
      this.derived = derived;
    }

    @Override
    public double applyAsDouble(Network chain) {
      double beside = stopwatch.applyAsDouble(derived.network());
      return derived.latencyMillis() * stopwatch.applyAsDouble(chain) / beside;
    }
  }

  /**
   * By multiply-accumulates.
   *
   * @param reference a network that the table prices; best the chain itself at the space's width
   */
  record ByMacs(NetworkLatency reference) implements ChainLatency {
    /** Refers to the chain at the space's own width if the table can price it. */
    static ByMacs of(LatencyTable table, Network chain, NetworkLatency otherwise) {
      boolean priced =
          IntStream.range(0, chain.operators().size())
              .allMatch(place -> table.covers(place, chain.operators().get(place)));
      return new ByMacs(priced ? NetworkLatency.of(chain, table) : otherwise);
    }

    @Override
    public double applyAsDouble(Network chain) {
      double share = (double) chain.macs() / reference.network().macs();
      double call = reference.callMillis();
      return call + share * (reference.latencyMillis() - call);
    }
  }
}
