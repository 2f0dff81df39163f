package org.proxyless.search.job.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.proxyless.network.Operator;

/** What a search ended with, for people: the network layer by layer, and the figures. */
public final class Summary {
  private static final int BAR_CELLS = 24;
  private static final int NARROWEST_BLOCK = 12;
  private static final int NARROWEST_LABEL = 16;

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
    List<String> blocks =
        result.space().derive(result.path()).origins().stream()
            .map(result.space().blocks()::get)
            .map(block -> block.name() + (block.isEdge() ? " *" : ""))
            .toList();
    boolean chain = result.space().graph().isChain();
    List<String> labels = operators.stream().map(operator -> label(operator, chain)).toList();
    String form =
        format(
            "%%-%ds %%-%ds %%10s %%7s  %%s",
            longest(blocks, NARROWEST_BLOCK), longest(labels, NARROWEST_LABEL));
    List<String> lines = new ArrayList<>();
    lines.add(row(form, "block", "operator", "output", "ms", ""));
    for (int i = 0; i < operators.size(); i++) {
      // A linear model has negative terms, and may have terms of 0 alone: no bar.
      int cells = (int) Math.max(0, Math.round(BAR_CELLS * millis.get(i) / most));
      lines.add(
          row(
              form,
              blocks.get(i),
              labels.get(i),
              operators.get(i).output().toString(),
              millis.get(i) == 0 ? "" : format("%.3f", millis.get(i)),
              "█".repeat(cells)));
    }
    lines.add(row(form, "call", "", "", format("%.3f", result.prediction().callMillis()), ""));
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
    result.deployed().ifPresent(deployed -> lines.add("deployed  " + deployed.text()));
    lines.add("written   " + result.savedModel() + " (SavedModel)");
    lines.add("          " + result.runDirectory() + " (everything about the run)");
    return lines;
  }

  /** Without a block a chain goes on; an edge of a cell is the identity. */
  private static String label(Operator operator, boolean chain) {
    if (operator.isZero()) {
      return chain ? "– (skipped)" : "identity";
    }
    return operator.type().label() + (operator.shortcut() ? " + x" : "");
  }

  private static int longest(List<String> texts, int least) {
    return texts.stream().mapToInt(String::length).reduce(least, Math::max);
  }

  private static String row(String form, Object... cells) {
    return format(form, cells).stripTrailing();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
