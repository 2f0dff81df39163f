package org.proxyless.search.tabular;

import java.util.random.RandomGenerator;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.search.run.StrategyKind;
import org.proxyless.search.strategy.blackbox.AgingEvolution;
import org.proxyless.search.strategy.blackbox.AsngSearch;
import org.proxyless.search.strategy.blackbox.BayesSearch;
import org.proxyless.search.strategy.blackbox.EnasSearch;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.NasnetPpoSearch;
import org.proxyless.search.strategy.blackbox.RandomSearch;
import org.proxyless.search.strategy.blackbox.ReinforceSearch;

/** Makes strategies that need only evaluations. */
public final class EvaluationStrategies {
  private EvaluationStrategies() {}

  /**
   * A strategy over the feasible networks of a space.
   *
   * @throws InvalidInputException if this strategy needs gradients of the networks themselves
   */
  public static EvaluationStrategy create(
      StrategyKind kind, FeasibleSpace space, RandomGenerator random) {
    return switch (kind) {
      case REINFORCE -> new ReinforceSearch(space, ReinforceSearch.DEFAULT_LEARNING_RATE, random);
      case RANDOM -> new RandomSearch(space, random);
      case ASNG -> new AsngSearch(space, random);
      case ENAS -> new EnasSearch(space, random);
      case NASNET_PPO -> new NasnetPpoSearch(space, random);
      case EVOLUTION -> new AgingEvolution(space, random);
      case BAYES -> new BayesSearch(space, random);
      case GRADIENT, DARTS_1, DARTS_2, SNAS, GDAS ->
          throw new InvalidInputException(
              "--strategy is "
                  + kind
                  + "; it needs the gradient of a network's loss, which a table of scores does not"
                  + " have. What comes nearest on scores alone is reinforce.");
    };
  }
}
