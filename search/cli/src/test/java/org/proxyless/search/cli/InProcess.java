package org.proxyless.search.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/** A command in the tests' own process, with errors told as a user sees them. */
public final class InProcess {
  private InProcess() {}

  /** Runs a command line; returns its exit code. */
  public static int run(Writer out, Writer err, List<String> words) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    Interruption interruption = Interruption.install(System.err);
    interruption.finished(); // the tests' own end is no interruption
    Failures failures = new Failures(commandLine.getErr(), interruption);
    commandLine.setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
    return commandLine.execute(words.toArray(String[]::new));
  }
}
