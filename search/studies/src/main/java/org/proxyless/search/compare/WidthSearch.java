package org.proxyless.search.compare;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.proxyless.network.Network;

/**
 * Finds the width at which a chain takes a latency, by bisection over factors that lie closer
 * together than the steps in which channels come.
 */
final class WidthSearch {
  private static final double LEAST_FACTOR = 0.02;
  private static final double RATIO = 1.005;

  private final FixedChain chain;
  private final ToDoubleFunction<Network> latencyMillis;
  private final Map<Network, Double> known = new HashMap<>();

  /**
   * A chain and its latency.
   *
   * @param factor that gives this chain, relative to the space's width
   */
  record Found(Network network, double factor, double latencyMillis) {}

  /**
   * @param latencyMillis tells a chain's latency; asked once for each chain
   */
  WidthSearch(FixedChain chain, ToDoubleFunction<Network> latencyMillis) {
    this.chain = chain;
    this.latencyMillis = latencyMillis;
  }

  /**
   * The chain whose latency is nearest: of the last one within the target and the first one above
   * it. It is off by as much as a step of the channels makes.
   */
  Found nearest(double targetMillis) {
    int last = (int) Math.floor(Math.log(chain.mostFactor() / LEAST_FACTOR) / Math.log(RATIO));
    int within = 0;
    int above = last;
    while (above - within > 1) {
      int middle = (within + above) >>> 1;
      if (at(middle).latencyMillis() <= targetMillis) {
        within = middle;
      } else {
        above = middle;
      }
    }
    Found narrower = at(within);
    Found wider = at(above);
    return targetMillis - narrower.latencyMillis() <= wider.latencyMillis() - targetMillis
        ? narrower
        : wider;
  }

  private Found at(int number) {
    double factor = LEAST_FACTOR * Math.pow(RATIO, number);
    Network network = chain.at(factor);
    return new Found(network, factor, known.computeIfAbsent(network, latencyMillis::applyAsDouble));
  }
}
