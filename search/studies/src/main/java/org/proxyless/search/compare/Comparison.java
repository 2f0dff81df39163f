package org.proxyless.search.compare;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.proxyless.base.JsonReport;
import org.proxyless.search.compare.ChainLatency.Basis;
import org.proxyless.search.compare.Contender.Kind;
import org.proxyless.search.run.settings.CompareSettings;
import org.proxyless.search.statistics.Difference;
import org.proxyless.search.statistics.Interval;
import org.proxyless.search.statistics.Sample;

/**
 * What a comparison at equal latency came to.
 *
 * @param run directory of the search
 * @param settings of the comparison
 * @param seeds of the trainings of each network
 * @param trainImages that each was trained on
 * @param chainBasis how the fixed chain's latency is known
 * @param chainFactor its width, relative to the space's
 * @param contests the derived network first, then the random ones, then the chain
 */
public record Comparison(
    Path run,
    CompareSettings settings,
    List<Long> seeds,
    int trainImages,
    Basis chainBasis,
    double chainFactor,
    List<Contest> contests) {
  public Comparison {
    seeds = List.copyOf(seeds);
    contests = List.copyOf(contests);
  }

  /** The network that the search derived. */
  public Contest derived() {
    return of(Kind.DERIVED).get(0);
  }

  /** The fixed chain. */
  public Contest chain() {
    return of(Kind.CHAIN).get(0);
  }

  /** The random networks. */
  public List<Contest> random() {
    return of(Kind.RANDOM);
  }

  private List<Contest> of(Kind kind) {
    return contests.stream().filter(contest -> contest.contender().kind() == kind).toList();
  }

  /**
   * The random networks' accuracies, each the mean over its seeds: what varies from one network to
   * the next is what a search could gain.
   */
  public Sample randomAccuracies() {
    return new Sample(random().stream().map(contest -> contest.accuracies().mean()).toList());
  }

  /** The derived network over its seeds, against random networks. */
  public Difference againstRandom() {
    return new Difference(derived().accuracies(), randomAccuracies());
  }

  /** The derived network against the chain, both over their seeds. */
  public Difference againstChain() {
    return new Difference(derived().accuracies(), chain().accuracies());
  }

  /** Whether a network's latency is as near the derived one's as was asked for. */
  public boolean withinBand(Contest contest) {
    double ratio = contest.contender().latencyMillis() / derived().contender().latencyMillis();
    return Math.abs(ratio - 1) <= settings.band();
  }

  /** Writes the figures; their keys are explained in {@code docs/compare.md}. */
  public void writeJson(Path file) {
    new JsonReport()
        .put("run", run)
        .put("epochs", settings.training().epochs())
        .put("seeds", seeds)
        .put("trainImages", trainImages)
        .put("testImages", derived().outcomes().get(0).images())
        .put("band", settings.band())
        .put("chainBasis", lower(chainBasis))
        .put("chainWidthFactor", chainFactor)
        .put("networks", contests.stream().map(this::figures).toList())
        .put("randomMeanAccuracy", randomAccuracies().mean())
        .put("randomInterval95", ends(randomAccuracies().interval95()))
        .put("derivedMinusRandom", figures(againstRandom()))
        .put("derivedMinusChain", figures(againstChain()))
        .write(file);
  }

  private Map<String, Object> figures(Contest contest) {
    Contender contender = contest.contender();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("kind", lower(contender.kind()));
    figures.put("name", contender.name());
    figures.put("latencyMillis", contender.latencyMillis());
    figures.put("withinBand", withinBand(contest));
    figures.put(
        "measuredMillis",
        contender.measuredMillis().isPresent() ? contender.measuredMillis().getAsDouble() : null);
    figures.put("parameters", contender.network().parameters());
    figures.put("macs", contender.network().macs());
    figures.put("testAccuracies", contest.accuracies().values());
    figures.put("meanTestAccuracy", contest.accuracies().mean());
    figures.put("interval95", ends(Optional.of(contest.interval95())));
    figures.put(
        "operators",
        contender.network().operators().stream().map(operator -> operator.type().label()).toList());
    return figures;
  }

  static Map<String, Object> figures(Difference difference) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("difference", difference.mean());
    figures.put("interval95", ends(difference.interval95()));
    figures.put(
        "welchP", difference.welchP().isPresent() ? difference.welchP().getAsDouble() : null);
    figures.put("rankP", difference.rankP());
    return figures;
  }

  static List<Double> ends(Optional<Interval> interval) {
    return interval.map(range -> List.of(range.low(), range.high())).orElse(null);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
