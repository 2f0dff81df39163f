package org.proxyless.search.cli.study;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.search.cli.options.ProblemOptions;
import org.proxyless.search.cli.options.TrainingOptions;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategiesSettings;
import org.proxyless.search.run.settings.StrategyKind;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code compare --strategies}. */
final class StrategiesOptions {
  @Option(
      names = "--strategies",
      split = ",",
      paramLabel = "NAME",
      description =
          "Compares strategies instead: each searches with every seed, within the same limits and"
              + " budget, and what it derives is trained from scratch. See 'list strategies'.")
  private List<StrategyKind> strategies;

  @Option(
      names = "--search-epochs",
      paramLabel = "N",
      description =
          "Epochs of each search (default: "
              + SearchSettings.DEFAULT_EPOCHS
              + "; with --time-limit as many as fit, up to "
              + SearchSettings.TIMED_EPOCHS
              + " and "
              + SearchSettings.TIMED_WARMUP_EPOCHS
              + " of warm-up).")
  private Integer searchEpochs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The directory of the comparison of strategies, new, or one to go on with (default:"
              + " runs/compare-SPACE-DEVICE-TIME in the current folder).")
  private Path out;

  @Mixin private ProblemOptions problem;

  /** Whether strategies are to be compared. */
  boolean given() {
    return strategies != null;
  }

  /**
   * The settings in force.
   *
   * @throws org.proxyless.base.InvalidInputException if a value breaks a rule
   */
  StrategiesSettings settings(TrainingOptions training, int seeds) {
    SearchSettings.Builder search =
        problem
            .builder()
            .dataDir(training.dataDir())
            .epochs(searchEpochs)
            .fineTuneEpochs(0)
            .batchSize(training.batchSize())
            .seed(training.seed())
            .threads(training.threads())
            .out(out);
    return new StrategiesSettings(search.build(), strategies, seeds, training.epochs());
  }
}
