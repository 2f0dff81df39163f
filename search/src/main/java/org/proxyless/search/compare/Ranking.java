package org.proxyless.search.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.latency.Network;
import org.proxyless.search.file.JsonReport;
import org.proxyless.search.run.RankSettings;
import org.proxyless.search.statistics.RankCorrelation;

/**
 * How networks rank by shared weights and by weights of their own.
 *
 * @param run directory of the search
 * @param settings of the ranking
 * @param seed of the draws and the trainings
 * @param targetMillis of the search
 * @param networks in the order in which they were drawn
 * @param overall over the draws from the whole space; empty if all accuracies are equal
 * @param withinTarget over all within the target; empty if there are fewer than three
 */
public record Ranking(
    Path run,
    RankSettings settings,
    long seed,
    double targetMillis,
    List<Ranked> networks,
    Optional<RankCorrelation> overall,
    Optional<RankCorrelation> withinTarget) {

  /**
   * One network.
   *
   * @param ofTheSpace whether it was drawn from the whole space, not from those within the target
   * @param latencyMillis by the table
   * @param withinTarget whether that is at most the target
   * @param sharedAccuracy on the validation images with shared weights
   * @param ownAccuracy on the test images with weights of its own
   */
  public record Ranked(
      Network network,
      boolean ofTheSpace,
      double latencyMillis,
      boolean withinTarget,
      double sharedAccuracy,
      double ownAccuracy) {}

  /** Correlates the two accuracies of networks. */
  static Ranking of(
      Path run,
      RankSettings settings,
      long seed,
      double targetMillis,
      List<Ranked> networks,
      RandomGenerator random) {
    return new Ranking(
        run,
        settings,
        seed,
        targetMillis,
        List.copyOf(networks),
        correlation(networks.stream().filter(Ranked::ofTheSpace).toList(), random),
        correlation(networks.stream().filter(Ranked::withinTarget).toList(), random));
  }

  private static Optional<RankCorrelation> correlation(
      List<Ranked> networks, RandomGenerator random) {
    return RankCorrelation.of(
        networks.stream().mapToDouble(Ranked::sharedAccuracy).toArray(),
        networks.stream().mapToDouble(Ranked::ownAccuracy).toArray(),
        random);
  }

  /** The lines to print. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String row = "%7s %11s %9s %7s  %s";
    lines.add(format(row, "network", "latency ms", "shared %", "own %", "").stripTrailing());
    IntStream.range(0, networks.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -networks.get(i).ownAccuracy()))
        .forEach(
            i -> {
              Ranked ranked = networks.get(i);
              lines.add(
                  format(
                          row,
                          i + 1,
                          format("%.3f", ranked.latencyMillis()),
                          format("%.2f", 100 * ranked.sharedAccuracy()),
                          format("%.2f", 100 * ranked.ownAccuracy()),
                          ranked.withinTarget() ? "within the target" : "")
                      .stripTrailing());
            });
    lines.add("");
    lines.add("Kendall's tau, whole space        " + text(overall));
    lines.add(format("Kendall's tau, within %7.3f ms  ", targetMillis) + text(withinTarget));
    return lines;
  }

  private static String text(Optional<RankCorrelation> correlation) {
    return correlation
        .map(
            found ->
                format(
                    "%.2f (95 %% interval %.2f to %.2f, %d networks)",
                    found.tau(),
                    found.interval95().low(),
                    found.interval95().high(),
                    found.pairs()))
        .orElse("none: too few networks, or all alike");
  }

  /** Writes the figures; their keys are explained in {@code docs/compare.md}. */
  public void writeJson(Path file) {
    new JsonReport()
        .put("run", run)
        .put("epochs", settings.training().epochs())
        .put("seed", seed)
        .put("targetMillis", targetMillis)
        .put("kendallOverall", figures(overall))
        .put("kendallWithinTarget", figures(withinTarget))
        .put("networks", networks.stream().map(Ranking::figures).toList())
        .write(file);
  }

  private static Map<String, Object> figures(Optional<RankCorrelation> correlation) {
    return correlation
        .map(
            found -> {
              Map<String, Object> figures = new LinkedHashMap<>();
              figures.put("tau", found.tau());
              figures.put(
                  "interval95", List.of(found.interval95().low(), found.interval95().high()));
              figures.put("networks", found.pairs());
              return figures;
            })
        .orElse(null);
  }

  private static Map<String, Object> figures(Ranked ranked) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ofTheSpace", ranked.ofTheSpace());
    figures.put("latencyMillis", ranked.latencyMillis());
    figures.put("withinTarget", ranked.withinTarget());
    figures.put("sharedAccuracy", ranked.sharedAccuracy());
    figures.put("ownTestAccuracy", ranked.ownAccuracy());
    figures.put(
        "operators",
        ranked.network().operators().stream().map(operator -> operator.type().label()).toList());
    return figures;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
