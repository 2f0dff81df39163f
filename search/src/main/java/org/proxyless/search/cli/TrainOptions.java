package org.proxyless.search.cli;

import java.nio.file.Path;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.search.run.TrainSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code train}. */
final class TrainOptions {
  /** The weights that training starts from. */
  enum Start {
    scratch,
    inherited
  }

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "The directory of the search; none with --resume.")
  private Path run;

  @Option(
      names = "--from",
      paramLabel = "WEIGHTS",
      defaultValue = "scratch",
      description = "What to start from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Start start;

  @Mixin private TrainingOptions training;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The new run directory, new or empty (default: one under runs/).")
  private Path out;

  @Mixin private KeepingOptions keeping;
  @Mixin private JsonOption json;

  /**
   * The settings in force.
   *
   * @throws org.proxyless.latency.InvalidInputException if a value breaks a rule
   */
  TrainSettings settings() {
    if (run == null) {
      throw new InvalidInputException("RUN is missing: name the directory of a search.");
    }
    return training.settings(run, start == Start.scratch, out);
  }

  /** How the run is kept, or which one is gone on with. */
  KeepingOptions keeping() {
    return keeping;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
