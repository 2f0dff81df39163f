package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import org.proxyless.base.InvalidInputException;

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
 * @param initialWeights another run whose weights it starts from as far as they fit, or null
 * @param recipe where the training is not the usual one; else null
 */
public record TrainSettings(
    @JsonProperty(required = true) Path run,
    @JsonProperty(required = true) boolean fromScratch,
    @JsonProperty(required = true) int epochs,
    @JsonProperty(required = true) Integer batchSize,
    @JsonProperty(required = true) Long seed,
    @JsonProperty(required = true) Integer threads,
    @JsonProperty(required = true) Path dataDir,
    @JsonProperty(required = true) Path out,
    @JsonInclude(JsonInclude.Include.NON_NULL) Path initialWeights,
    @JsonInclude(JsonInclude.Include.NON_NULL) RecipeSettings recipe) {
  public static final int DEFAULT_EPOCHS = 20;

  /** Checks the values. */
  public TrainSettings {
    Rules.folder("RUN", run);
    Rules.atLeast("--epochs", 1, epochs);
    Rules.atLeast("--batch-size", 2, batchSize);
    Rules.atLeast("--threads", 1, threads);
    Rules.present("--data-dir", dataDir);
    run = run.toAbsolutePath().normalize(); // holds in another folder, too
    if (initialWeights != null) {
      initialWeights = initialWeights.toAbsolutePath().normalize();
      if (!fromScratch) {
        throw new InvalidInputException(
            "--initial-weights is "
                + initialWeights
                + "; the network starts from what it inherited: leave out --initial-weights, or --from"
                + " inherited and --recipe quick.");
      }
    }
  }

  /** One that starts from no other run, with the usual recipe. */
  public TrainSettings(
      Path run,
      boolean fromScratch,
      int epochs,
      Integer batchSize,
      Long seed,
      Integer threads,
      Path dataDir,
      Path out) {
    this(run, fromScratch, epochs, batchSize, seed, threads, dataDir, out, null, null);
  }

  /** The same with weights to start from and a recipe; either may be null. */
  public TrainSettings with(Path weights, RecipeSettings other) {
    return new TrainSettings(
        run, fromScratch, epochs, batchSize, seed, threads, dataDir, out, weights, other);
  }

  /** The same with another seed. */
  public TrainSettings withSeed(long other) {
    return new TrainSettings(
        run, fromScratch, epochs, batchSize, other, threads, dataDir, out, initialWeights, recipe);
  }
}
