package org.proxyless.search.cli.table;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.TableMerge;
import org.proxyless.latency.fit.TableFit;
import org.proxyless.search.cli.options.Converters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Joins tables of one device. */
@Command(
    name = "merge",
    description = "Joins latency tables of one device; entries that contradict are refused.")
final class TableMergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "2..*",
      paramLabel = "TABLE",
      converter = Converters.ExistingFile.class,
      description = "The latency tables.")
  private List<Path> files;

  @Option(
      names = "--out",
      paramLabel = "TABLE",
      required = true,
      converter = TableOutput.class,
      description = "The file of the whole.")
  private Path out;

  @Option(
      names = "--keep-first",
      description = "Takes the first table's entry where several have one.")
  private boolean keepFirst;

  @Override
  public Integer call() {
    TableMerge merge = new TableMerge(keepFirst);
    for (Path file : files) {
      merge.add(file.toString(), LatencyTables.read(file));
    }
    LatencyTable merged = merge.table();
    LatencyTable table = TableFit.suits(merged) ? TableFit.of(merged).table() : merged;
    LatencyTables.write(table, out);
    PrintWriter text = spec.commandLine().getOut();
    text.println(out + ": " + table.entries().size() + " entries, not verified");
    text.flush();
    return 0;
  }
}
