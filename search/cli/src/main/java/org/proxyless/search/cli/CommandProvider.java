package org.proxyless.search.cli;

import org.proxyless.search.cli.options.ProgramOptions;

/**
 * A command that lives in a module of its own, which not everybody has on the class path; found by
 * {@link java.util.ServiceLoader}.
 */
public interface CommandProvider {
  /**
   * The command.
   *
   * @param program what the user said to the program that it is a part of
   * @return an object with picocli's {@code @Command}, whose name is that of the command
   */
  Object command(ProgramOptions program);
}
