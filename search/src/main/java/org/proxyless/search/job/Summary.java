package org.proxyless.search.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.proxyless.latency.Operator;
import org.proxyless.search.space.Block;

/** What a search ended with, for people: the network layer by layer, and the figures. */
public final class Summary {
  private static final int BAR_CELLS = 24;

  private Summary() {}

  /** The lines to print. */
  public static List<String> of(SearchResult result) {
    List<String> lines = new ArrayList<>();
    lines.addAll(network(result));
    lines.add("");
    lines.addAll(figures(result));
    return lines;
  }

  /** The lines to print for several targets: a row for each network. */
  public static List<String> of(ParetoFront front) {
    List<String> lines = new ArrayList<>();
    lines.add("   target  predicted   measured            accuracy  network");
    for (SearchResult result : front.results()) {
      lines.add(
          format(
              "%6.3f ms  %6.3f ms  %9s  %-8s  %6.2f %%  %s",
              result.targetMillis(),
              result.prediction().latencyMillis(),
              result.measuredMillis().isPresent()
                  ? format("%.3f ms", result.measuredMillis().getAsDouble())
                  : "",
              result.verdict().map(said -> said.name().toLowerCase(Locale.ROOT)).orElse(""),
              100 * result.testAccuracy(),
              result.savedModel()));
    }
    lines.add("written   pareto.csv, pareto.png and pareto.svg beside the folders of the networks");
    return lines;
  }

  /** Each operator with its output and its share of the latency, as a bar. */
  private static List<String> network(SearchResult result) {
    List<Operator> operators = result.network().operators();
    List<Double> millis = result.prediction().operatorMillis();
    double most = millis.stream().mapToDouble(Math::abs).max().orElse(1);
    List<String> lines = new ArrayList<>();
    lines.add(row("block", "operator", "output", "ms", ""));
    for (int i = 0; i < operators.size(); i++) {
      Block block = result.space().blocks().get(i);
      Operator operator = operators.get(i);
      String label =
          operator.isZero()
              ? "– (skipped)"
              : operator.type().label() + (operator.shortcut() ? " + x" : "");
      // A linear model has negative terms, and may have terms of 0 alone: no bar.
      int cells = (int) Math.max(0, Math.round(BAR_CELLS * millis.get(i) / most));
      lines.add(
          row(
              block.name() + (block.isEdge() ? " *" : ""),
              label,
              operator.output().toString(),
              millis.get(i) == 0 ? "" : format("%.3f", millis.get(i)),
              "█".repeat(cells)));
    }
    lines.add(
        row("call", "", "", format("%.3f", result.prediction().callMillis()), "").stripTrailing());
    lines.add("* chosen by the search");
    return lines;
  }

  private static List<String> figures(SearchResult result) {
    List<String> lines = new ArrayList<>();
    lines.addAll(LatencyText.of(result));
    lines.add(format("accuracy  %.2f %% on the test split", 100 * result.testAccuracy()));
    lines.add(
        format(
            "size      %.1f k parameters, %.2f M multiply-accumulates",
            result.network().parameters() / 1e3, result.network().macs() / 1e6));
    lines.add("written   " + result.savedModel() + " (SavedModel)");
    lines.add("          " + result.runDirectory() + " (everything about the run)");
    return lines;
  }

  private static String row(String block, String operator, String output, String ms, String bar) {
    return format("%-12s %-16s %10s %7s  %s", block, operator, output, ms, bar).stripTrailing();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
