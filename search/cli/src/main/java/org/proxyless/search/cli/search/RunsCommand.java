package org.proxyless.search.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.proxyless.base.JsonReport;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.run.RunSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What there is in the way of runs. */
@Command(name = "runs", description = "Shows the runs there are.")
public final class RunsCommand implements Runnable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "runs what? One of " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  @Command(
      name = "list",
      description = "Lists runs with their state (running, finished, interrupted, failed).")
  void list(
      @Parameters(
              paramLabel = "DIR",
              arity = "0..1",
              defaultValue = "runs",
              description = "The folder that holds them (default: ${DEFAULT-VALUE}).")
          Path folder,
      @Mixin JsonOption json) {
    List<RunSummary> runs = RunSummary.list(folder);
    PrintWriter out = spec.commandLine().getOut();
    if (runs.isEmpty()) {
      out.println("no runs in " + folder);
    } else {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("run", "state", "start", "target", "predicted", "measured", "accuracy", ""));
      runs.forEach(run -> rows.add(row(run)));
      print(rows, out);
    }
    out.flush();
    new JsonReport()
        .put("runs", runs.stream().map(RunsCommand::figures).toList())
        .write(json.file());
  }

  private static List<String> row(RunSummary run) {
    return List.of(
        run.path().toAbsolutePath().normalize().getFileName().toString(),
        run.state().toString(),
        TIME.format(run.start()),
        millis(run.targetMillis()),
        millis(run.predictedMillis()),
        millis(run.measuredMillis()),
        run.testAccuracy() == null
            ? ""
            : String.format(Locale.ROOT, "%.2f %%", 100 * run.testAccuracy()),
        run.remark());
  }

  private static String millis(Double millis) {
    return millis == null ? "" : String.format(Locale.ROOT, "%.3f ms", millis);
  }

  private static void print(List<List<String>> rows, PrintWriter out) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns - 1; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String cell = row.get(c);
        line.append(cell).append(" ".repeat(Math.max(0, widths[c] - cell.length()) + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static Map<String, Object> figures(RunSummary run) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("run", run.path().toAbsolutePath().normalize());
    figures.put("state", run.state().toString());
    figures.put("start", run.start().toString());
    figures.put("targetMillis", run.targetMillis());
    figures.put("predictedMillis", run.predictedMillis());
    figures.put("measuredMillis", run.measuredMillis());
    figures.put("testAccuracy", run.testAccuracy());
    figures.put("remark", run.remark());
    return figures;
  }
}
