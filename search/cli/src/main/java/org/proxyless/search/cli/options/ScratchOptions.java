package org.proxyless.search.cli.options;

import java.nio.file.Path;
import org.proxyless.search.run.settings.TrainSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of commands that train several networks from scratch, all in the same way. */
public final class ScratchOptions {
  @Parameters(paramLabel = "RUN", description = "The directory of the search.")
  private Path run;

  @Mixin private TrainingOptions training;

  /**
   * The settings in force.
   *
   * @throws org.proxyless.base.InvalidInputException if a value breaks a rule
   */
  public TrainSettings settings() {
    return training.settings(run, true, null);
  }
}
