package org.proxyless.search.cli.study;

import java.nio.file.Path;
import org.proxyless.search.cli.options.TrainingOptions;
import org.proxyless.search.run.settings.CompareSettings;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code compare RUN}. */
final class AgainstOthersOptions {
  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "The directory of the search whose network is compared with others.")
  private Path run;

  @Option(
      names = "--random",
      paramLabel = "K",
      defaultValue = "" + CompareSettings.DEFAULT_RANDOM_NETWORKS,
      description = "With RUN: random networks of the same latency (default: ${DEFAULT-VALUE}).")
  private int random;

  @Option(
      names = "--band",
      paramLabel = "SHARE",
      defaultValue = "" + CompareSettings.DEFAULT_BAND,
      description =
          "With RUN: how far their latency may be from the derived network's (default:"
              + " ${DEFAULT-VALUE}, that is 2 %%).")
  private double band;

  @Option(
      names = "--no-measure",
      description =
          "With RUN: measures nothing, for a machine that is busy; the fixed chain's latency is then"
              + " estimated from its multiply-accumulates.")
  private boolean unmeasured;

  /** Whether a run is to be examined. */
  boolean given() {
    return run != null;
  }

  /**
   * The settings in force.
   *
   * @throws org.proxyless.base.InvalidInputException if a value breaks a rule
   */
  CompareSettings settings(TrainingOptions training, int seeds) {
    return new CompareSettings(
        training.settings(run, true, null), random, seeds, band, !unmeasured);
  }
}
