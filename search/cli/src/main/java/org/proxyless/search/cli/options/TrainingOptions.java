package org.proxyless.search.cli.options;

import java.nio.file.Path;
import org.proxyless.search.run.settings.TrainSettings;
import picocli.CommandLine.Option;

/** The options of every command that trains networks of a search that has ended. */
public final class TrainingOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs of training (default: " + TrainSettings.DEFAULT_EPOCHS + ").")
  private Integer epochs;

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
   * @param out where the training's run goes, or null
   * @throws org.proxyless.base.InvalidInputException if a value breaks a rule
   */
  public TrainSettings settings(Path run, boolean fromScratch, Path out) {
    return new TrainSettings(run, fromScratch, epochs(), batchSize, seed, threads, dataDir, out);
  }

  public int epochs() {
    return epochs == null ? TrainSettings.DEFAULT_EPOCHS : epochs;
  }

  /**
   * The settings in force where a recipe has other epochs unless these are given.
   *
   * @param usualEpochs of the recipe
   */
  public TrainSettings settings(Path run, boolean fromScratch, int usualEpochs, Path out) {
    return new TrainSettings(
        run,
        fromScratch,
        epochs == null ? usualEpochs : epochs,
        batchSize,
        seed,
        threads,
        dataDir,
        out);
  }

  /** Or null, as what follows. */
  public Integer batchSize() {
    return batchSize;
  }

  public Long seed() {
    return seed;
  }

  public Integer threads() {
    return threads;
  }

  public Path dataDir() {
    return dataDir;
  }
}
