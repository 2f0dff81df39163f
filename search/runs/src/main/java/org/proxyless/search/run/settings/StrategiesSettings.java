package org.proxyless.search.run.settings;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.proxyless.base.InvalidInputException;

/**
 * Everything that decides a comparison of strategies.
 *
 * @param search what each of them searches, and its budget; strategy and folder give way to each
 *     run's own, and the seed is the first of several. Nothing is fine-tuned
 * @param strategies at least two
 * @param seeds searches of each strategy, with seeds one after the other
 * @param epochs of training each derived network from scratch
 */
public record StrategiesSettings(
    SearchSettings search, List<StrategyKind> strategies, int seeds, int epochs) {
  /** Checks the values. */
  public StrategiesSettings {
    strategies = List.copyOf(strategies);
    String given =
        "--strategies is "
            + strategies.stream().map(StrategyKind::toString).collect(Collectors.joining(","));
    if (strategies.size() < 2) {
      throw new InvalidInputException(given + "; name at least two, or give a RUN instead.");
    }
    if (new HashSet<>(strategies).size() < strategies.size()) {
      throw new InvalidInputException(given + "; name each once.");
    }
    Rules.atLeast("--seeds", 1, seeds);
    Rules.atLeast("--epochs", 1, epochs);
    if (search.targetsMillis() != null) {
      throw new InvalidInputException(
          "--target-ms is " + search.targetsMillis() + "; strategies are compared at one target.");
    }
  }

  /** The seeds of the searches, and of the trainings of what they derive. */
  public List<Long> seedList() {
    return LongStream.range(search.seed(), search.seed() + seeds).boxed().toList();
  }

  /** How each derived network is trained. */
  public TrainSettings training(Path run, long seed) {
    return new TrainSettings(
        run, true, epochs, search.batchSize(), seed, search.threads(), search.dataDir(), null);
  }
}
