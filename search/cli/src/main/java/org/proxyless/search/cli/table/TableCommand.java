package org.proxyless.search.cli.table;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works on latency tables as files. */
@Command(
    name = "table",
    description = "Shows, checks, compares, joins and converts latency tables.",
    subcommands = {
      TableShowCommand.class,
      TableValidateCommand.class,
      TableDiffCommand.class,
      TableMergeCommand.class,
      TableImportCommand.class,
      TableExportCommand.class
    })
public final class TableCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "table what? One of " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
