package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;

/**
 * A network from the shared weights of a search that has ended, without another search: networks
 * are scored with these weights, as in Once-for-All (Cai et al., ICLR 2020, section 3.4, with
 * scores in place of its predictor).
 *
 * @param run the directory of the search
 * @param evaluations networks that are scored, each once: more find better ones
 */
public record DerivationSettings(
    @JsonProperty(required = true) Path run, @JsonProperty(required = true) int evaluations) {
  public static final int DEFAULT_EVALUATIONS = 64;

  /** It does best with tens of evaluations where the truth is known. */
  public static final StrategyKind DEFAULT_STRATEGY = new StrategyKind("bayes");

  /** Checks the values. */
  public DerivationSettings {
    Rules.atLeast("--evaluations", 1, evaluations);
    run = run.toAbsolutePath().normalize(); // holds in another folder, too
  }

  /** Refuses what does not go with it. */
  void requireFit(StrategyKind strategy, boolean severalTargets) {
    if (strategy.needsGradients()) {
      throw new InvalidInputException(
          "--strategy is "
              + strategy
              + "; to derive a network takes one that only evaluates networks: "
              + StrategyKind.all().stream()
                  .filter(other -> !other.needsGradients())
                  .map(StrategyKind::toString)
                  .collect(Collectors.joining(", "))
              + ".");
    }
    if (severalTargets) {
      throw new InvalidInputException(
          "--target-ms names several targets; a network is derived for one at a time: give one.");
    }
  }
}
