package org.proxyless.search.cli.study;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.search.cli.options.FidelityOption;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.cli.options.ScratchOptions;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.RankSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code rank}. */
final class RankOptions {
  @Mixin private ScratchOptions training;

  @Option(
      names = "--networks",
      paramLabel = "N",
      defaultValue = "" + RankSettings.DEFAULT_NETWORKS,
      description =
          "Networks drawn evenly from the whole space; more are drawn where fewer than half of N are"
              + " within the target (default: ${DEFAULT-VALUE}).")
  private int networks;

  @Option(
      names = "--estimate",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "shared-weights",
      description =
          "What is compared with full training, one or several of ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private List<EstimateKind> estimates;

  @Mixin private FidelityOption fidelity;
  @Mixin private JsonOption json;

  /**
   * The settings in force.
   *
   * @throws org.proxyless.base.InvalidInputException if a value breaks a rule
   */
  RankSettings settings() {
    return new RankSettings(training.settings(), networks, estimates, fidelity.orNull());
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
