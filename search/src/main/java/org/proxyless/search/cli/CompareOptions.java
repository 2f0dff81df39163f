package org.proxyless.search.cli;

import java.nio.file.Path;
import org.proxyless.search.run.CompareSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code compare}. */
final class CompareOptions {
  @Mixin private ScratchOptions training;

  @Option(
      names = "--random",
      paramLabel = "K",
      defaultValue = "" + CompareSettings.DEFAULT_RANDOM_NETWORKS,
      description = "Random networks of the same latency (default: ${DEFAULT-VALUE}).")
  private int random;

  @Option(
      names = "--seeds",
      paramLabel = "S",
      defaultValue = "" + CompareSettings.DEFAULT_SEEDS,
      description =
          "Trainings of each network, with this many seeds from --seed on (default:"
              + " ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--band",
      paramLabel = "SHARE",
      defaultValue = "" + CompareSettings.DEFAULT_BAND,
      description =
          "How far their latency may be from the derived network's (default: ${DEFAULT-VALUE}, that"
              + " is 2 %%).")
  private double band;

  @Option(
      names = "--no-measure",
      description =
          "Measures nothing, for a machine that is busy: the fixed chain's latency is then estimated"
              + " from its multiply-accumulates.")
  private boolean unmeasured;

  @Mixin private JsonOption json;

  /**
   * The settings in force.
   *
   * @throws org.proxyless.latency.InvalidInputException if a value breaks a rule
   */
  CompareSettings settings() {
    return new CompareSettings(training.settings(), random, seeds, band, !unmeasured);
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
