package org.proxyless.search.cli.table;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.proxyless.base.JsonReport;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.TableComparison;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.JsonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two tables entry by entry. */
@Command(name = "diff", description = "Compares two latency tables entry by entry.")
final class TableDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "A",
      converter = Converters.ExistingFile.class,
      description = "A latency table.")
  private Path first;

  @Parameters(
      index = "1",
      paramLabel = "B",
      converter = Converters.ExistingFile.class,
      description = "Another one.")
  private Path second;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    TableComparison comparison =
        TableComparison.of(LatencyTables.read(first), LatencyTables.read(second));
    PrintWriter out = spec.commandLine().getOut();
    print(comparison, out);
    out.flush();
    report(comparison).write(json.file());
    return 0;
  }

  /** The greatest differences come first. */
  private void print(TableComparison comparison, PrintWriter out) {
    comparison.fingerprintDifferences().forEach(line -> out.println("machine   " + line));
    out.println(String.format("%10s %10s %7s  %s", "A ms", "B ms", "B / A", "entry"));
    Comparator<TableComparison.Row> bySize =
        Comparator.comparingDouble(row -> -Math.abs(Math.log(row.ratio().orElse(1))));
    for (TableComparison.Row row : comparison.rows().stream().sorted(bySize).toList()) {
      out.println(
          String.format(
              Locale.ROOT,
              "%10.4f %10.4f %7s  %s",
              row.firstMillis(),
              row.secondMillis(),
              row.ratio().isEmpty()
                  ? ""
                  : String.format(Locale.ROOT, "%.3f", row.ratio().getAsDouble()),
              row.key()));
    }
    comparison.onlyFirst().forEach(key -> out.println("only in A  " + key));
    comparison.onlySecond().forEach(key -> out.println("only in B  " + key));
    if (comparison.medianRatio().isPresent()) {
      out.println(
          String.format(
              Locale.ROOT,
              "median ratio %.4f, median difference %.2f %%, after dividing that ratio out %.2f %%",
              comparison.medianRatio().getAsDouble(),
              100 * comparison.medianDifference().orElseThrow(),
              100 * comparison.medianScaledDifference().orElseThrow()));
    }
  }

  private static JsonReport report(TableComparison comparison) {
    List<Map<String, Object>> entries =
        comparison.rows().stream().map(TableDiffCommand::figures).toList();
    return new JsonReport()
        .put("medianRatio", orNull(comparison.medianRatio()))
        .put("medianDifference", orNull(comparison.medianDifference()))
        .put("medianScaledDifference", orNull(comparison.medianScaledDifference()))
        .put("fingerprintDifferences", comparison.fingerprintDifferences())
        .put("onlyFirst", comparison.onlyFirst())
        .put("onlySecond", comparison.onlySecond())
        .put("entries", entries);
  }

  private static Map<String, Object> figures(TableComparison.Row row) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("key", row.key());
    figures.put("firstMillis", row.firstMillis());
    figures.put("secondMillis", row.secondMillis());
    figures.put("ratio", orNull(row.ratio()));
    return figures;
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
