package org.proxyless.search.cli.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.settings.Rules;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** How a run that takes long is kept, and gone on with. */
public final class KeepingOptions {
  public static final String NO_MEASURE = "--no-measure";

  /** What may be given beside {@code --resume}: nothing that changes what the run finds. */
  private static final List<String> BESIDE_RESUME =
      List.of(
          "--resume",
          "--checkpoint-every",
          NO_MEASURE,
          FormatOption.NAME,
          "--json",
          "--quiet",
          "--verbose",
          "--debug");

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Goes on with a run that was cut short, from the last checkpoint in its directory and"
              + " with its settings.")
  private Path resume;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      defaultValue = "" + RunControl.DEFAULT_CHECKPOINT_SECONDS,
      description =
          "From one checkpoint to the next (default: ${DEFAULT-VALUE}). Never changes the result.")
  private int checkpointSeconds;

  /**
   * The run to go on with, if that was asked for.
   *
   * @throws InvalidInputException if it is no folder, or options beside it would change it
   */
  public Optional<Path> resumed(ParseResult given) {
    if (resume == null) {
      return Optional.empty();
    }
    Rules.folder("--resume", resume);
    for (ArgSpec argument : given.matchedArgs()) {
      String name =
          argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
      if (!BESIDE_RESUME.contains(name)) {
        throw new InvalidInputException(
            "--resume goes on with the run's own settings: leave out " + name + ".");
      }
    }
    return Optional.of(resume);
  }

  /**
   * What a run brings that is begun, or gone on with where that was asked for; empty, and said so,
   * where there is nothing to go on with.
   *
   * @param spec of the command
   * @throws InvalidInputException as {@link #resumed}
   */
  public <R> Optional<R> result(
      CommandSpec spec, Function<Path, Optional<R>> goOn, Supplier<R> begin) {
    Optional<Path> resumed = resumed(spec.commandLine().getParseResult());
    if (resumed.isEmpty()) {
      return Optional.of(begin.get());
    }
    Optional<R> result = goOn.apply(resumed.get());
    if (result.isEmpty()) {
      spec.commandLine()
          .getOut()
          .println("run " + resumed.get() + " has finished: nothing to go on with");
    }
    return result;
  }

  /** How the run is kept and stopped. */
  public RunControl control(StopSignal stop) {
    Rules.atLeast("--checkpoint-every", 1, checkpointSeconds);
    return new RunControl(Duration.ofSeconds(checkpointSeconds), stop);
  }
}
