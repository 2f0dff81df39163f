package org.proxyless.search.strategy.fidelity;

import java.util.random.RandomGenerator;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.LimitedSpace;

/** Makes a strategy that decides how far each network is trained. */
public interface FidelityStrategyFactory extends EvaluationStrategyFactory {
  /**
   * One over these networks.
   *
   * @param budgets of the rungs, ascending, in any unit
   */
  FidelityStrategy create(FeasibleSpace space, double[] budgets, RandomGenerator random);

  /** The same for the networks that keep a problem's limits. */
  default EvaluatingStrategy evaluating(SearchProblem problem, double[] budgets) {
    FeasibleSpace space =
        new LimitedSpace(problem.latency(), problem.boundMillis(), problem.others());
    return new EvaluatingStrategy(
        new RungedStrategy(create(space, budgets, problem.random()), space, problem.random()),
        problem.latency(),
        problem.others());
  }

  /**
   * There is none without rungs.
   *
   * @throws InvalidInputException always
   */
  @Override
  default EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
    throw new InvalidInputException(
        "--strategy is "
            + name()
            + "; it decides how far networks are trained, and here all are trained alike.");
  }
}
