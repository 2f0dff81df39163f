package org.proxyless.search.cli.table;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at networks. */
@Command(
    name = "network",
    description = "Shows networks: published ones, files, and cells as papers write them.",
    subcommands = {NetworkShowCommand.class})
public final class NetworkCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "network what? One of " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
