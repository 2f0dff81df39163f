package org.proxyless.search.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.proxyless.search.statistics.RankCorrelation;

/** A ranking for people. */
public final class RankingText {
  private RankingText() {}

  /** The lines to print: the networks, the best first, then how well each estimate agrees. */
  public static List<String> of(Ranking ranking) {
    List<String> lines = new ArrayList<>();
    lines.add(heading(ranking));
    IntStream.range(0, ranking.networks().size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -ranking.networks().get(i).ownAccuracy()))
        .forEach(i -> lines.add(row(ranking, i)));
    for (Agreement agreement : ranking.agreements()) {
      lines.add("");
      lines.add(
          format(
              "%s: %.2f %% of full training's multiply-accumulates, %.0f training steps and %.1f s a"
                  + " network",
              agreement.estimate(),
              100 * agreement.costShare(),
              agreement.trainingStepsANetwork(),
              agreement.secondsANetwork()));
      lines.add("Kendall's tau, whole space        " + text(agreement.overall()));
      lines.add(
          format("Kendall's tau, within %7.3f ms  ", ranking.targetMillis())
              + text(agreement.withinTarget()));
    }
    return lines;
  }

  private static String heading(Ranking ranking) {
    StringBuilder line = new StringBuilder(format("%7s %11s", "network", "latency ms"));
    ranking
        .agreements()
        .forEach(
            agreement -> line.append(' ').append(padded(agreement, agreement.estimate() + " %")));
    return line.append(format(" %7s", "own %")).toString();
  }

  private static String row(Ranking ranking, int network) {
    Ranking.Ranked ranked = ranking.networks().get(network);
    StringBuilder line =
        new StringBuilder(format("%7d %11.3f", network + 1, ranked.latencyMillis()));
    for (Agreement agreement : ranking.agreements()) {
      double accuracy = agreement.networks().get(network).score().accuracy();
      line.append(' ').append(padded(agreement, format("%.2f", 100 * accuracy)));
    }
    line.append(format(" %7.2f", 100 * ranked.ownAccuracy()));
    return line.append(ranked.withinTarget() ? "  within the target" : "").toString();
  }

  /** In a column that is as wide as the estimate's name and a unit. */
  private static String padded(Agreement agreement, String text) {
    int width = agreement.estimate().toString().length() + 2;
    return " ".repeat(Math.max(0, width - text.length())) + text;
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

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
