package org.proxyless.search.cli.search;

import java.nio.file.Path;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.cli.options.KeepingOptions;
import org.proxyless.search.cli.options.RecipeOptions;
import org.proxyless.search.cli.options.TrainingOptions;
import org.proxyless.search.run.settings.RecipeKind;
import org.proxyless.search.run.settings.RecipeSettings;
import org.proxyless.search.run.settings.Rules;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;
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
      description =
          "What to start from: ${COMPLETION-CANDIDATES} (default: scratch, but with --recipe quick"
              + " inherited).")
  private Start start;

  @Option(
      names = "--initial-weights",
      paramLabel = "RUN",
      description =
          "Another run whose weights it starts from, as far as they fit, in place of fresh ones.")
  private Path initialWeights;

  @Mixin private RecipeOptions recipe;

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
   * @throws org.proxyless.base.InvalidInputException if a value breaks a rule
   */
  TrainSettings settings() {
    if (run == null) {
      throw new InvalidInputException("RUN is missing: name the directory of a search.");
    }
    Rules.folder("--initial-weights", initialWeights);
    RecipeSettings asked = recipe.orNull();
    RecipeKind kind = asked == null ? null : asked.kind();
    return training
        .settings(run, fromScratch(kind), usualEpochs(kind), out)
        .with(initialWeights, asked);
  }

  private boolean fromScratch(RecipeKind kind) {
    boolean inherits = start == null ? kind == RecipeKind.QUICK : start == Start.inherited;
    if (kind == (inherits ? RecipeKind.FULL : RecipeKind.QUICK)) {
      throw new InvalidInputException(
          "--from is " + start + "; it does not go with --recipe " + kind + ": leave one out.");
    }
    return !inherits;
  }

  private static int usualEpochs(RecipeKind kind) {
    if (kind == null) {
      return TrainSettings.DEFAULT_EPOCHS;
    }
    return kind == RecipeKind.FULL
        ? SearchSettings.TIMED_FINE_TUNE_EPOCHS
        : SearchSettings.DEFAULT_FINE_TUNE_EPOCHS;
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
