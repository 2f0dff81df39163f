package org.proxyless.search.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.proxyless.benchmarks.NetworkTimer;
import org.proxyless.benchmarks.WatchedMeasurement;
import org.proxyless.latency.Network;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.Strategy;

/**
 * Measures a derived network in its deployed form. Where it is above the target, the margin grows
 * by what was missed, T' = T / (measured / predicted), and another network is derived within T', a
 * bounded number of times. The network that came nearest is the result if all are above.
 *
 * <p>Where the machine is slower or quicker than its table says for a minute, a network counts as
 * what it would take at the table's speed: deriving another one would give the budget away, and
 * what the search ends with says that the machine drifted.
 */
final class LatencyProof {
  private static final int MOST_REPEATS = 3;

  private final PricedSpace priced;
  private final LatencyTarget target;
  private final Strategy strategy;
  private final Consumer<String> progress;
  private final CarefulTiming timing;
  private final Function<Network, WatchedMeasurement> stopwatch;

  /**
   * What was found.
   *
   * @param path of the network
   * @param repeats how often another one was derived
   */
  record Proven(int[] path, int repeats) {}

  /**
   * @param strategy derives other networks
   * @param progress told what each network took
   */
  LatencyProof(
      PricedSpace priced,
      LatencyTarget target,
      Strategy strategy,
      Consumer<String> progress,
      CarefulTiming timing) {
    this(priced, target, strategy, progress, timing, network -> measure(network, priced));
  }

  /**
   * @param stopwatch tells a network's latency
   */
  LatencyProof(
      PricedSpace priced,
      LatencyTarget target,
      Strategy strategy,
      Consumer<String> progress,
      CarefulTiming timing,
      Function<Network, WatchedMeasurement> stopwatch) {
    this.priced = priced;
    this.target = target;
    this.strategy = strategy;
    this.progress = progress;
    this.timing = timing;
    this.stopwatch = stopwatch;
  }

  /** Starts from the network that the search chose. */
  Proven of(int[] chosen) {
    SpaceLatency latency = priced.latency();
    int[] path = chosen;
    int[] nearest = chosen;
    double least = Double.POSITIVE_INFINITY;
    double mostMillis = target.boundMillis();
    for (int repeat = 0; ; repeat++) {
      double predicted = latency.latencyMillis(path);
      Network network = priced.space().network(path);
      WatchedMeasurement look = timing.look(() -> stopwatch.apply(network));
      double measured = millis(look);
      progress.accept(
          String.format(
              Locale.ROOT, "predicted %.3f ms, measured %s", predicted, timing.text(look)));
      if (measured < least) {
        least = measured;
        nearest = path;
      }
      mostMillis = Math.min(mostMillis, target.millis() * predicted / measured);
      boolean feasible = mostMillis >= latency.minMillis();
      if (measured <= target.millis() || repeat == MOST_REPEATS || !feasible) {
        return new Proven(nearest, repeat);
      }
      path = strategy.propose(mostMillis).get(0);
    }
  }

  /**
   * The latency at the table's speed. On a machine that is a little slower than that it is what was
   * measured, since the exported file will be measured on the same machine.
   */
  private double millis(WatchedMeasurement look) {
    double seen = target.millisOf(look);
    double atTableSpeed = look.atTableSpeed(seen);
    return look.drifted() ? atTableSpeed : Math.max(seen, atTableSpeed);
  }

  private static WatchedMeasurement measure(Network network, PricedSpace priced) {
    try {
      return NetworkTimer.time(network, priced.device(), priced.table());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write network " + network.name() + " to measure it", e);
    }
  }
}
