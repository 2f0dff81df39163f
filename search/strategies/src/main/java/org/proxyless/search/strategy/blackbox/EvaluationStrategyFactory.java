package org.proxyless.search.strategy.blackbox;

import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.StrategyFactory;

/**
 * Makes a strategy that needs nothing but scores of single networks: by the shared weights, by an
 * estimator, or from a table of networks that were all trained.
 */
public interface EvaluationStrategyFactory extends StrategyFactory {
  /** One over these networks. */
  EvaluationStrategy create(FeasibleSpace space, RandomGenerator random);

  /** The same for the networks that keep the problem's limits. */
  default EvaluatingStrategy evaluating(SearchProblem problem) {
    return new EvaluatingStrategy(askedAhead(problem, 1), problem.latency(), problem.others());
  }

  /**
   * The same, asked for several networks before it is told of the first.
   *
   * @param networks that are asked for
   */
  default AskedAhead askedAhead(SearchProblem problem, int networks) {
    return new AskedAhead(
        create(
            new LimitedSpace(problem.latency(), problem.boundMillis(), problem.others()),
            problem.random()),
        networks);
  }

  @Override
  default Strategy create(SearchProblem problem) {
    return evaluating(problem);
  }
}
