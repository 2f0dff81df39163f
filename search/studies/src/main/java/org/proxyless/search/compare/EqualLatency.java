package org.proxyless.search.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.choice.PathSampler;
import org.proxyless.network.Network;
import org.proxyless.search.compare.ChainLatency.Basis;
import org.proxyless.search.compare.Contender.Kind;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.revisit.PastSearch;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.settings.CompareSettings;

/** Gathers networks that take as long as a derived one. */
final class EqualLatency {
  private final CompareSettings settings;
  private final PastSearch search;
  private final PricedSpace priced;
  private final NetworkLatency derived;
  private final ToDoubleFunction<Network> stopwatch;
  private final Phase phase;

  /**
   * Networks of about one latency.
   *
   * @param contenders the derived network first, then the random ones, then the chain
   * @param chainBasis how the chain's latency is known
   * @param chainFactor the chain's width, relative to the space's
   */
  record Field(List<Contender> contenders, Basis chainBasis, double chainFactor) {}

  /**
   * @param stopwatch tells a network's latency in milliseconds; null where nothing is measured
   * @param phase in which measurements are shown
   */
  EqualLatency(
      CompareSettings settings,
      PastSearch search,
      ToDoubleFunction<Network> stopwatch,
      Phase phase) {
    this.settings = settings;
    this.search = search;
    this.priced = search.priced();
    this.derived = NetworkLatency.of(search.network(), priced.table());
    this.stopwatch = stopwatch;
    this.phase = phase;
  }

  /**
   * Draws and fits the networks.
   *
   * @throws org.proxyless.base.InvalidInputException if the band holds too few
   */
  Field gather(RandomGenerator random) {
    List<Network> drawn = random(random);
    FixedChain chain =
        new FixedChain(search.settings(), priced.space().input(), priced.space().classes());
    List<Contender> contenders = new ArrayList<>();
    contenders.add(contender(Kind.DERIVED, "derived", search.network(), derived.latencyMillis()));
    for (Network network : drawn) {
      double millis = NetworkLatency.of(network, priced.table()).latencyMillis();
      contenders.add(contender(Kind.RANDOM, "random " + contenders.size(), network, millis));
    }
    boolean measures = stopwatch != null;
    ChainLatency latency =
        measures
            ? new ChainLatency.Measured(this::measured, derived)
            : ChainLatency.ByMacs.of(priced.table(), chain.at(1), derived);
    WidthSearch.Found found = new WidthSearch(chain, latency).nearest(derived.latencyMillis());
    contenders.add(contender(Kind.CHAIN, "fixed chain", found.network(), found.latencyMillis()));
    return new Field(
        contenders, measures ? Basis.MEASURED : Basis.MULTIPLY_ACCUMULATES, found.factor());
  }

  private Contender contender(Kind kind, String name, Network network, double latencyMillis) {
    OptionalDouble millis =
        stopwatch == null ? OptionalDouble.empty() : OptionalDouble.of(measured(network));
    return new Contender(kind, name, network, latencyMillis, millis);
  }

  private double measured(Network network) {
    double millis = stopwatch.applyAsDouble(network);
    phase.step(String.format(Locale.ROOT, "measured %.3f ms", millis));
    return millis;
  }

  /** Uniformly among the other networks of the band. */
  private List<Network> random(RandomGenerator random) {
    double millis = derived.latencyMillis();
    PathSampler band =
        PathSampler.within(
            priced.latency(), millis * (1 - settings.band()), millis * (1 + settings.band()));
    return new DistinctPaths()
            .draw(
                settings.randomNetworks(),
                () -> band.draw(random),
                path -> !priced.space().network(path).equals(search.network()),
                String.format(
                    Locale.ROOT,
                    "within %.1f %% of %.3f ms, besides the derived one. Widen --band, or ask for fewer"
                        + " with --random.",
                    100 * settings.band(),
                    millis))
            .stream()
            .map(priced.space()::network)
            .toList();
  }
}
