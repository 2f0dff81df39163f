package org.proxyless.search.cli;

import java.nio.file.Path;
import org.proxyless.search.run.TrainSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of commands that train several networks from scratch, all in the same way. */
final class ScratchOptions {
  @Parameters(paramLabel = "RUN", description = "The directory of the search.")
  private Path run;

  @Mixin private TrainingOptions training;

  /**
   * The settings in force.
   *
   * @throws org.proxyless.latency.InvalidInputException if a value breaks a rule
   */
  TrainSettings settings() {
    return training.settings(run, true, null);
  }
}
