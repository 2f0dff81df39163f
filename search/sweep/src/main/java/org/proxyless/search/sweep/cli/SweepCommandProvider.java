package org.proxyless.search.sweep.cli;

import org.proxyless.search.cli.CommandProvider;
import org.proxyless.search.cli.options.ProgramOptions;

/** Adds {@code sweep} to the program. */
public final class SweepCommandProvider implements CommandProvider {
  @Override
  public Object command(ProgramOptions program) {
    return new SweepCommand(program);
  }
}
