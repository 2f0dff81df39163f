package org.proxyless.search.sweep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.proxyless.search.statistics.Interval;
import org.proxyless.search.statistics.Sample;
import org.proxyless.search.sweep.CellResult.Standing;
import org.proxyless.search.sweep.cost.Cluster;
import org.proxyless.search.sweep.cost.SweepCost;
import org.proxyless.search.sweep.cost.SweepLoad;

/** A sweep for people. */
public final class SweepText {
  private static final int MOST_CELLS = 20;

  private SweepText() {}

  /** What would be run. */
  public static List<String> plan(SweepPlan plan, SweepFolder folder) {
    List<String> lines = new ArrayList<>();
    CellNeeds needs = plan.needs();
    lines.add(
        format(
            "%d cells, each with %d processors, %d GPUs and %d MiB, tried up to %d times",
            plan.cells().size(),
            needs.cpus(),
            needs.gpus(),
            needs.memoryMebibytes(),
            needs.attempts()));
    plan.axes().forEach(axis -> lines.add(format("%-12s %s", axis, values(plan, axis))));
    lines.add("");
    plan.cells().stream()
        .limit(MOST_CELLS)
        .forEach(cell -> lines.add(cell.id() + "  search " + String.join(" ", cell.arguments())));
    if (plan.cells().size() > MOST_CELLS) {
      lines.add(format("… and %d more", plan.cells().size() - MOST_CELLS));
    }
    lines.add("");
    lines.add("folder " + folder.path());
    return lines;
  }

  private static String values(SweepPlan plan, String axis) {
    return String.join(
        ", ", plan.cells().stream().map(cell -> cell.place().get(axis)).distinct().toList());
  }

  /**
   * What it would cost.
   *
   * @param load what there is to do
   * @param cluster that would do it
   */
  public static List<String> cost(SweepLoad load, Cluster cluster) {
    SweepCost cost = SweepCost.of(load, cluster);
    return List.of(
        format(
            "%d cells of %s hours on %d workers: %.0f worker hours, done after %.1f to %.1f hours",
            load.cells(),
            trimmed(load.cellHours()),
            cluster.workers(),
            cost.workerHours(),
            cost.leastHours(),
            cost.mostHours()),
        format(
            "workers fail about %.1f times on the way (each once in %.0f hours, for %.1f hours)",
            cost.failures(), 1 / cluster.failuresPerHour(), cluster.repairHours()),
        format(
            "checkpoints of %.1f MB, one in %.0f s: %.1f GB go to the shared folder, %.2f MB/s",
            load.checkpointBytes() / 1e6,
            3600 * cluster.checkpointHours(),
            cost.bytes() / 1e9,
            cost.bytesPerSecond() / 1e6));
  }

  private static String trimmed(double number) {
    return number == Math.rint(number) ? format("%.0f", number) : format("%.3f", number);
  }

  /** How far it is. */
  public static List<String> status(SweepResults results) {
    List<String> lines = new ArrayList<>();
    lines.add(
        results.cells().size()
            + " cells: "
            + String.join(
                ", ",
                results.counts().entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .toList()));
    remainingSeconds(results)
        .ifPresent(seconds -> lines.add("about " + span(seconds) + " left, at this rate"));
    for (Standing standing : List.of(Standing.RUNNING, Standing.INTERRUPTED, Standing.FAILED)) {
      results
          .that(standing)
          .forEach(
              cell -> lines.add(format("%-11s %s  %s", standing, cell.cell().id(), cell.remark())));
    }
    return lines;
  }

  /** By the mean of what has ended, on as many slots as are in use; empty where nothing runs. */
  private static OptionalDouble remainingSeconds(SweepResults results) {
    Map<Standing, Integer> counts = results.counts();
    int slots = counts.get(Standing.RUNNING);
    OptionalDouble mean =
        results.that(Standing.FINISHED).stream()
            .flatMap(cell -> cell.ended().stream())
            .mapToDouble(CellState::seconds)
            .average();
    if (slots == 0 || mean.isEmpty()) {
      return OptionalDouble.empty();
    }
    double cells =
        counts.get(Standing.WAITING)
            + counts.get(Standing.INTERRUPTED)
            + counts.get(Standing.RUNNING) / 2.0; // half done on average
    return OptionalDouble.of(cells * mean.getAsDouble() / slots);
  }

  private static String span(double seconds) {
    Duration span = Duration.ofSeconds(Math.round(seconds));
    return span.toHours() > 0
        ? format("%d h %02d min", span.toHours(), span.toMinutesPart())
        : format("%d min %02d s", span.toMinutes(), span.toSecondsPart());
  }

  /** What came out: the most accurate first, over seeds. */
  public static List<String> results(SweepResults results, SweepFolder folder) {
    List<String> lines = new ArrayList<>(status(results));
    lines.add("");
    List<CellGroup> groups = results.groups();
    if (!groups.isEmpty()) {
      lines.add(format("%8s  %-16s %10s  %5s  %s", "test %", "95 % interval", "ms", "seeds", ""));
      groups.stream()
          .sorted(Comparator.comparingDouble(group -> -group.accuracies().mean()))
          .limit(MOST_CELLS)
          .forEach(group -> lines.add(row(group)));
      if (groups.size() > MOST_CELLS) {
        lines.add(format("… and %d more", groups.size() - MOST_CELLS));
      }
      lines.add("");
    }
    lines.add("written " + folder.file(SweepReport.PAGE));
    lines.add("        " + folder.file(SweepReport.CSV) + " and .parquet");
    return lines;
  }

  private static String row(CellGroup group) {
    Sample accuracies = group.accuracies();
    return format(
        "%8.2f  %-16s %10.3f  %5d  %s",
        100 * accuracies.mean(),
        accuracies.interval95().map(SweepText::range).orElse(""),
        group.predictedMillis().mean(),
        accuracies.size(),
        (group.device() + " " + group.name()).strip());
  }

  private static String range(Interval interval) {
    return format("%.2f to %.2f", 100 * interval.low(), 100 * interval.high());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
