package org.proxyless.search.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.proxyless.search.compare.ChainLatency.Basis;
import org.proxyless.search.statistics.Difference;
import org.proxyless.search.statistics.Interval;

/** A comparison for people: a table, and how sure the differences are. */
public final class ComparisonText {
  private static final String ROW = "%-12s %11s %11s %9s %8s  %-9s %s";

  private ComparisonText() {}

  /** The lines to print. */
  public static List<String> of(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            ROW,
            "network",
            "latency ms",
            "measured ms",
            "weights k",
            "MACs M",
            "test %",
            "95 % interval"));
    comparison.contests().forEach(contest -> lines.add(row(comparison, contest)));
    lines.add(
        format(
                ROW,
                "random, mean",
                "",
                "",
                "",
                "",
                percent(comparison.randomAccuracies().mean()),
                range(comparison.randomAccuracies().interval95(), ""))
            .stripTrailing());
    lines.add("");
    lines.add("derived − random       " + difference(comparison.againstRandom()));
    lines.add("derived − fixed chain  " + difference(comparison.againstChain()));
    lines.add("");
    lines.addAll(remarks(comparison));
    return lines;
  }

  private static String row(Comparison comparison, Contest contest) {
    Contender contender = contest.contender();
    return format(
        ROW,
        contender.name(),
        (comparison.withinBand(contest) ? "" : "! ") + format("%.3f", contender.latencyMillis()),
        contender.measuredMillis().isPresent()
            ? format("%.3f", contender.measuredMillis().getAsDouble())
            : "",
        format("%.1f", contender.network().parameters() / 1e3),
        format("%.2f", contender.network().macs() / 1e6),
        percent(contest.accuracies().mean()),
        range(Optional.of(contest.interval95()), ""));
  }

  static String difference(Difference difference) {
    String tests =
        difference.welchP().isPresent()
            ? format(
                ", Welch's t-test p = %.3f, rank test p = %.3f",
                difference.welchP().getAsDouble(), difference.rankP())
            : format(
                ", rank test p = %.3f (the t-test needs several on both sides)",
                difference.rankP());
    return format("%+.2f points", 100 * difference.mean())
        + difference
            .interval95()
            .map(i -> ", 95 % interval " + range(Optional.of(i), "+"))
            .orElse("")
        + tests;
  }

  private static List<String> remarks(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    int seeds = comparison.seeds().size();
    lines.add(
        format(
            "Each trained from scratch for %s of %d images with %s; intervals %s.",
            Count.of(comparison.settings().training().epochs(), "epoch"),
            comparison.trainImages(),
            Count.of(seeds, "seed"),
            seeds == 1 ? "are those of the test images alone" : "by Student's t over the seeds"));
    lines.add(
        comparison.chainBasis() == Basis.MEASURED
            ? format(
                "The chain has %.3f of the space's width: the latency that was measured, relative to"
                    + " the derived network's, on the scale of the table.",
                comparison.chainFactor())
            : format(
                "The chain has %.3f of the space's width: the table has no entries for its widths,"
                    + " so its latency is estimated from its multiply-accumulates.",
                comparison.chainFactor()));
    if (!comparison.contests().stream().allMatch(comparison::withinBand)) {
      lines.add(
          format(
              "! more than %.1f %% from the derived network's latency: channels come in steps.",
              100 * comparison.settings().band()));
    }
    return lines;
  }

  static String range(Optional<Interval> interval, String sign) {
    return interval
        .map(i -> format("%" + sign + ".2f to %" + sign + ".2f", 100 * i.low(), 100 * i.high()))
        .orElse("");
  }

  static String percent(double share) {
    return format("%.2f", 100 * share);
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
