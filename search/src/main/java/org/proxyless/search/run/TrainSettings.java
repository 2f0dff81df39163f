package org.proxyless.search.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;

/**
 * Everything that decides the retraining of a derived network.
 *
 * @param run the directory of the search that derived it
 * @param fromScratch whether it starts from new weights; otherwise from those it inherited
 * @param epochs of training
 * @param batchSize images in a step, or null for the search's
 * @param seed of every random choice, or null for the search's
 * @param threads for training, or null for the search's
 * @param dataDir where the data set lies now, or null for where it was in the search
 * @param out the new run directory, or null for a new one under {@code runs/}
 */
public record TrainSettings(
    @JsonProperty(required = true) Path run,
    @JsonProperty(required = true) boolean fromScratch,
    @JsonProperty(required = true) int epochs,
    @JsonProperty(required = true) Integer batchSize,
    @JsonProperty(required = true) Long seed,
    @JsonProperty(required = true) Integer threads,
    @JsonProperty(required = true) Path dataDir,
    @JsonProperty(required = true) Path out) {
  public static final int DEFAULT_EPOCHS = 20;

  /** Checks the values. */
  public TrainSettings {
    Rules.folder("RUN", run);
    Rules.atLeast("--epochs", 1, epochs);
    Rules.atLeast("--batch-size", 2, batchSize);
    Rules.atLeast("--threads", 1, threads);
    Rules.present("--data-dir", dataDir);
    run = run.toAbsolutePath().normalize(); // holds in another folder, too
  }
}
