package org.proxyless.search.cli;

import java.io.PrintWriter;
import java.util.ServiceLoader;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.run.settings.CandidateWeights;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.GateMode;
import org.proxyless.search.run.settings.LatencyLossKind;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.run.settings.UnreadableFiles;
import picocli.CommandLine;

/** Starts the program. */
public final class Main {
  /**
   * Set by the pom: the arguments come as one text, see {@link MavenArguments}, and no signal to
   * Maven reaches the program, so it watches whether Maven is alive.
   */
  private static final String STARTED_BY_MAVEN = "proxyless.startedByMaven";

  /** Set in the environment by who starts a search for itself: it is not to outlive it. */
  private static final String ENDS_WITH_PARENT = "PROXYLESS_ENDS_WITH_PARENT";

  private Main() {}

  /**
   * Runs one command and exits with 0 if all went well, 2 on a mistake of the user, 1 on a defect
   * of the program, and 128 + n on signal n.
   */
  public static void main(String[] arguments) {
    if (!Failures.debug(arguments)) {
      NativeChatter.silence();
    }
    Interruption interruption = Interruption.install(System.err);
    int exitCode = run(arguments, interruption);
    interruption.finished();
    System.exit(exitCode);
  }

  private static int run(String[] arguments, Interruption interruption) {
    ProxylessCommand program = new ProxylessCommand();
    interruption.stops(program.stop());
    CommandLine commandLine = commandLine(program);
    Failures failures = new Failures(commandLine.getErr(), interruption);
    commandLine.setParameterExceptionHandler(failures);
    commandLine.setExecutionExceptionHandler(failures);
    String[] words = arguments;
    try {
      if (Boolean.parseBoolean(System.getenv(ENDS_WITH_PARENT))) {
        interruption.watchParent();
      }
      if (Boolean.getBoolean(STARTED_BY_MAVEN)) {
        interruption.watchParent();
        words = MavenArguments.split(String.join(" ", arguments));
      }
      return commandLine.execute(words);
    } catch (Throwable e) { // picocli lets errors pass, such as a native library that won't load
      return failures.report(e, Failures.debug(words));
    }
  }

  /** The program's commands and options, without handlers of failures. */
  public static CommandLine commandLine() {
    return commandLine(new ProxylessCommand());
  }

  private static CommandLine commandLine(ProxylessCommand program) {
    CommandLine commandLine = new CommandLine(program);
    ServiceLoader.load(CommandProvider.class)
        .forEach(provider -> commandLine.addSubcommand(provider.command(program)));
    return configured(commandLine);
  }

  /** How all command lines of the program are read and shown. */
  public static CommandLine configured(Object command) {
    return configured(new CommandLine(command));
  }

  private static CommandLine configured(CommandLine commandLine) {
    return commandLine
        .registerConverter(StrategyKind.class, Converters.oneOf(StrategyKind.all()))
        .registerConverter(EstimateKind.class, Converters.oneOf(EstimateKind.values()))
        .registerConverter(GateMode.class, Converters.oneOf(GateMode.values()))
        .registerConverter(CandidateWeights.class, Converters.oneOf(CandidateWeights.values()))
        .registerConverter(UnreadableFiles.class, Converters.oneOf(UnreadableFiles.values()))
        .registerConverter(LatencyLossKind.class, Converters.oneOf(LatencyLossKind.values()))
        .setErr(new PrintWriter(System.err, true))
        .setOut(new PrintWriter(System.out, true))
        .setUsageHelpAutoWidth(true);
  }
}
