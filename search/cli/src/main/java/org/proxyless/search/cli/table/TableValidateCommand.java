package org.proxyless.search.cli.table;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.network.Operator;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.Block;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says everything that is wrong with a table. */
@Command(
    name = "validate",
    description = "Checks a latency table; names the line of each fault where it is JSON.")
final class TableValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      converter = Converters.ExistingFile.class,
      description = "The latency table.")
  private Path file;

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE",
      description = "Also checks that it has every operator of this search space.")
  private String space;

  @Option(
      names = "--width",
      paramLabel = "FACTOR",
      defaultValue = "" + SearchSettings.DEFAULT_WIDTH,
      description = "Scales the channels of that space (default: ${DEFAULT-VALUE}).")
  private double width;

  @Override
  public Integer call() {
    List<String> faults = new ArrayList<>(LatencyTables.faults(file));
    LatencyTable table = faults.isEmpty() ? LatencyTables.read(file) : null;
    if (table != null && space != null) {
      faults.addAll(missing(table, SearchSpaces.load(space, width, null, null)));
    }
    if (faults.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          file + " is sound: " + table.entries().size() + " entries, device " + table.device());
      out.flush();
      return 0;
    }
    PrintWriter err = spec.commandLine().getErr();
    faults.forEach(fault -> err.println("error: " + fault));
    err.flush();
    return ProgramOptions.USERS_MISTAKE;
  }

  private List<String> missing(LatencyTable table, SearchSpace space) {
    List<String> missing = new ArrayList<>();
    List<Block> blocks = space.offeredBlocks();
    for (int place = 0; place < blocks.size(); place++) {
      for (Operator operator : blocks.get(place).candidates()) {
        String fault =
            file + ": no entry for '" + operator.key() + "' of space " + space.name() + ".";
        if (!table.covers(place, operator) && !missing.contains(fault)) {
          missing.add(fault);
        }
      }
    }
    return missing;
  }
}
