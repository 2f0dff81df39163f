package org.proxyless.search.cli.table;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.TableEstimate;
import org.proxyless.latency.TableKind;
import org.proxyless.latency.Verification;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.JsonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a table. */
@Command(name = "show", description = "Shows what a latency table holds.")
final class TableShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      converter = Converters.ExistingFile.class,
      description = "The latency table.")
  private Path file;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    LatencyTable table = LatencyTables.read(file);
    PrintWriter out = spec.commandLine().getOut();
    print(table, out);
    out.flush();
    TableFigures.of(table).write(json.file());
    return 0;
  }

  private static void print(LatencyTable table, PrintWriter out) {
    boolean dated = !table.created().equals(Instant.EPOCH);
    out.println("device    " + table.device());
    out.println("kind      " + table.kind());
    out.println("space     " + table.space());
    out.println("created   " + (dated ? table.created() : "not said"));
    print("machine", table.fingerprint().facts(), out);
    print("settings", table.settings(), out);
    print("tools", table.toolVersions(), out);
    out.println("verified  " + table.verification().map(TableShowCommand::line).orElse("never"));
    out.println();
    boolean linear = table.kind() == TableKind.LINEAR_MODEL;
    table.estimate().ifPresent(estimate -> printFit(table, estimate, out));
    out.println(row(linear ? "adds ms" : "median ms", "95 % interval", "samples", "entry"));
    table.entries().forEach((key, entry) -> out.println(row(key, entry)));
    if (table.correction().constantMillis() != 0) {
      out.println(row(ms(table.correction().constantMillis()), "", "", "correction"));
    }
    table
        .correction()
        .operatorMillis()
        .forEach((key, millis) -> out.println(row(ms(millis), "", "", "correction of " + key)));
  }

  /** What sums use, and how uncertain. */
  private static void printFit(LatencyTable table, TableEstimate estimate, PrintWriter out) {
    out.println(
        format(
            "Fitted to all entries and %d networks; a network differs from its sum by %.1f %%.",
            table.timings().size(), 100 * estimate.discrepancy()));
    out.println(row("in networks", "std. deviation", "", "term"));
    for (String key : estimate.keys()) {
      double deviation = estimate.standardDeviationMillis(key);
      out.println(row(ms(estimate.millis(key)), ms(deviation), "", key));
    }
    out.println();
    out.println("Measured alone:");
  }

  private static void print(String name, Map<String, String> facts, PrintWriter out) {
    String label = name;
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      out.println(format("%-9s %s: %s", label, fact.getKey(), fact.getValue()));
      label = "";
    }
  }

  private static String line(Verification last) {
    return format(
        "%s on %d networks from %.3f to %.3f ms: %.1f %% within 5 %%, %.1f %% within 10 %%,"
            + " rank correlation %.3f, 95th percentiles by third %+.1f %+.1f %+.1f %%",
        last.created(),
        last.networks(),
        last.lowMillis(),
        last.highMillis(),
        100 * last.within5Percent(),
        100 * last.within10Percent(),
        last.spearman(),
        100 * last.residual95().get(0),
        100 * last.residual95().get(1),
        100 * last.residual95().get(2));
  }

  private static String row(String key, LatencyEntry entry) {
    String interval =
        entry.low95Millis().isEmpty()
            ? ""
            : ms(entry.low95Millis().getAsDouble())
                + " – "
                + ms(entry.high95Millis().orElseThrow());
    String samples = entry.samples().isPresent() ? String.valueOf(entry.samples().getAsInt()) : "";
    return row(ms(entry.medianMillis()), interval, samples, key);
  }

  private static String row(String millis, String interval, String samples, String key) {
    return format("%10s  %-17s  %7s  %s", millis, interval, samples, key);
  }

  private static String ms(double millis) {
    return format("%.4f", millis);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
