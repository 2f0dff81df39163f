package org.proxyless.search.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.proxyless.benchmarks.NetworkTimer;
import org.proxyless.latency.Network;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.Strategy;

/**
 * Measures a derived network in its deployed form. Where it is above the target, the margin grows
 * by what was missed, T' = T / (measured / predicted), and another network is derived within T', a
 * bounded number of times. The network that measured least is the result if all are above.
 */
final class LatencyProof {
  private static final int MOST_REPEATS = 3;

  private final PricedSpace priced;
  private final double targetMillis;
  private final Strategy strategy;
  private final Consumer<String> progress;
  private final ToDoubleFunction<Network> stopwatch;

  /**
   * What was found.
   *
   * @param path of the network
   * @param repeats how often another one was derived
   */
  record Proven(int[] path, int repeats) {}

  LatencyProof(
      PricedSpace priced, double targetMillis, Strategy strategy, Consumer<String> progress) {
    this(priced, targetMillis, strategy, progress, network -> measure(network, priced));
  }

  /**
   * @param stopwatch tells a network's latency in milliseconds
   */
  LatencyProof(
      PricedSpace priced,
      double targetMillis,
      Strategy strategy,
      Consumer<String> progress,
      ToDoubleFunction<Network> stopwatch) {
    this.priced = priced;
    this.targetMillis = targetMillis;
    this.strategy = strategy;
    this.progress = progress;
    this.stopwatch = stopwatch;
  }

  /** Starts from the network that the search chose. */
  Proven of(int[] chosen) {
    SpaceLatency latency = priced.latency();
    int[] path = chosen;
    int[] quickest = chosen;
    double least = Double.POSITIVE_INFINITY;
    double mostMillis = targetMillis;
    for (int repeat = 0; ; repeat++) {
      double predicted = latency.latencyMillis(path);
      double measured = measured(priced.space().network(path));
      progress.accept(
          String.format(Locale.ROOT, "predicted %.3f ms, measured %.3f ms", predicted, measured));
      if (measured < least) {
        least = measured;
        quickest = path;
      }
      mostMillis = Math.min(mostMillis, targetMillis * predicted / measured);
      boolean feasible = mostMillis >= latency.minMillis();
      if (measured <= targetMillis || repeat == MOST_REPEATS || !feasible) {
        return new Proven(quickest, repeat);
      }
      path = strategy.propose(mostMillis).get(0);
    }
  }

  /** Above the target a second look decides: what disturbs a machine only ever adds. */
  private double measured(Network network) {
    double measured = stopwatch.applyAsDouble(network);
    return measured <= targetMillis
        ? measured
        : Math.min(measured, stopwatch.applyAsDouble(network));
  }

  private static double measure(Network network, PricedSpace priced) {
    try {
      return NetworkTimer.time(network, priced.device()).medianMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write network " + network.name() + " to measure it", e);
    }
  }
}
