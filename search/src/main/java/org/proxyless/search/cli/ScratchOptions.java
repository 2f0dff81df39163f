package org.proxyless.search.cli;

import java.nio.file.Path;
import org.proxyless.search.run.TrainSettings;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that train several networks from scratch, all in the same way. */
final class ScratchOptions {
  @Parameters(paramLabel = "RUN", description = "The directory of the search.")
  private Path run;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "" + TrainSettings.DEFAULT_EPOCHS,
      description = "Epochs of each training (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Images in a step (default: the search's).")
  private Integer batchSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of every random choice (default: the search's).")
  private Long seed;

  @Option(names = "--threads", paramLabel = "N", description = "Threads (default: the search's).")
  private Integer threads;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data set lies (default: where it was in the search).")
  private Path dataDir;

  /**
   * The settings in force.
   *
   * @throws org.proxyless.latency.InvalidInputException if a value breaks a rule
   */
  TrainSettings settings() {
    return new TrainSettings(run, true, epochs, batchSize, seed, threads, dataDir, null);
  }
}
