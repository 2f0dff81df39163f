package org.proxyless.search.cli;

import java.time.Duration;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.QuietWait;
import org.proxyless.search.cli.language.GenerateCommand;
import org.proxyless.search.cli.language.LanguageCommand;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.cli.profile.AgentCommand;
import org.proxyless.search.cli.profile.MeasureCommand;
import org.proxyless.search.cli.profile.ProfileCommand;
import org.proxyless.search.cli.search.ClassifyCommand;
import org.proxyless.search.cli.search.DeriveCommand;
import org.proxyless.search.cli.search.EvaluateCommand;
import org.proxyless.search.cli.search.ExportCommand;
import org.proxyless.search.cli.search.ReportCommand;
import org.proxyless.search.cli.search.RunsCommand;
import org.proxyless.search.cli.search.SearchCommand;
import org.proxyless.search.cli.search.TrainCommand;
import org.proxyless.search.cli.study.CompareCommand;
import org.proxyless.search.cli.study.RankCommand;
import org.proxyless.search.cli.study.TabularCommand;
import org.proxyless.search.cli.table.NetworkCommand;
import org.proxyless.search.cli.table.PredictCommand;
import org.proxyless.search.cli.table.TableCommand;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.progress.Progress.Verbosity;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: options that every command understands. */
@Command(
    name = "proxyless",
    description = "Finds a neural network that meets a latency on a device, trained and measured.",
    versionProvider = ProgramVersion.class,
    subcommands = {
      SearchCommand.class,
      DeriveCommand.class,
      ProfileCommand.class,
      TrainCommand.class,
      CompareCommand.class,
      RankCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
      MeasureCommand.class,
      AgentCommand.class,
      PredictCommand.class,
      NetworkCommand.class,
      ClassifyCommand.class,
      LanguageCommand.class,
      GenerateCommand.class,
      TableCommand.class,
      RunsCommand.class,
      ReportCommand.class,
      TabularCommand.class,
      ListCommand.class
    },
    footer = {"", "Help on a command: proxyless COMMAND --help"})
final class ProxylessCommand implements ProgramOptions, Runnable {
  private final StopSignal stop = new StopSignal();

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the versions of the program, TensorFlow Java and Java.")
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Shows where in the program an error arose.")
  private boolean debug;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Shows no progress, only results and errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Shows more of what is being done.")
  private boolean verbose;

  @Option(
      names = "--wait-for-quiet",
      paramLabel = "SPAN",
      scope = ScopeType.INHERIT,
      converter = Converters.TimeSpan.class,
      description =
          "How long to wait in all, before something is measured, for other programs to be done"
              + " with this machine, like 30s; 0 for not at all (default: 2m, or a tenth of"
              + " --time-limit if that is less).")
  void setWaitForQuiet(Duration patience) {
    if (patience.isNegative()) {
      throw new InvalidInputException(
          "--wait-for-quiet is " + patience.toSeconds() + " s; it must not be negative.");
    }
    QuietWait.allow(patience);
  }

  @Override
  public void run() {
    throw new ParameterException(
        new CommandLine(spec),
        "which command? One of "
            + String.join(", ", spec.subcommands().keySet())
            + "; --help shows more.");
  }

  boolean debug() {
    return debug;
  }

  @Override
  public StopSignal stop() {
    return stop;
  }

  @Override
  public Progress progress() {
    if (quiet && verbose) {
      throw new InvalidInputException("--quiet and --verbose exclude each other: leave one out.");
    }
    return Progress.onStandardError(
        quiet ? Verbosity.QUIET : verbose ? Verbosity.VERBOSE : Verbosity.NORMAL);
  }
}
