package org.proxyless.search.compare;

import static org.proxyless.search.compare.ComparisonText.format;
import static org.proxyless.search.compare.ComparisonText.percent;
import static org.proxyless.search.compare.ComparisonText.range;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.proxyless.search.run.settings.SearchSettings;

/** A comparison of strategies for people: the best first, and how sure the differences are. */
public final class StrategiesText {
  private static final String ROW = "%-11s %-8s %-15s  %11s %9s %10s %11s";

  private StrategiesText() {}

  /** The lines to print. */
  public static List<String> of(StrategiesComparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            ROW,
            "strategy",
            "test %",
            "95 % interval",
            "predicted ms",
            "weights k",
            "steps",
            "seconds"));
    comparison.results().stream()
        .sorted(Comparator.comparingDouble(result -> -result.accuracies().mean()))
        .forEach(result -> lines.add(row(result)));
    lines.add("");
    for (StrategiesComparison.Pair pair : comparison.pairs()) {
      lines.add(
          format(
              "%-24s %s",
              pair.first().strategy() + " − " + pair.second().strategy(),
              ComparisonText.difference(pair.difference())));
    }
    lines.add("");
    lines.addAll(remarks(comparison));
    return lines;
  }

  private static String row(StrategyResult result) {
    return format(
        ROW,
        result.strategy(),
        percent(result.accuracies().mean()),
        range(Optional.of(result.interval95()), ""),
        format("%.3f", result.mean(Attempt::predictedMillis)),
        format("%.1f", result.mean(attempt -> attempt.network().parameters() / 1e3)),
        format("%.0f", result.mean(attempt -> attempt.warmupSteps() + attempt.searchSteps())),
        format("%.0f", result.mean(Attempt::searchSeconds)));
  }

  private static List<String> remarks(StrategiesComparison comparison) {
    SearchSettings search = comparison.settings().search();
    int seeds = comparison.settings().seeds();
    List<String> lines = new ArrayList<>();
    lines.add(
        search.timeLimitSeconds() == null
            ? format(
                "Each searched for %s after %d of warm-up, within %.3f ms by one table.",
                Count.of(search.epochs(), "epoch"),
                search.warmupEpochs(),
                comparison.targetMillis())
            : format(
                "Each searched for %d s at most, all steps counted, within %.3f ms by one table.",
                search.timeLimitSeconds(), comparison.targetMillis()));
    lines.add(
        format(
            "%d search%s of each, whose network was trained from scratch for %s of %d images;"
                + " intervals %s.",
            seeds,
            seeds == 1 ? "" : "es",
            Count.of(comparison.settings().epochs(), "epoch"),
            comparison.trainImages(),
            seeds == 1
                ? "are those of the test images alone"
                : "by Student's t over the searches"));
    if (comparison.pairs().size() > 1) {
      lines.add(
          format(
              "Of %d comparisons one may well have p below 0.05 by chance: p is of each alone.",
              comparison.pairs().size()));
    }
    return lines;
  }
}
