package org.proxyless.search.tabular;

import java.util.List;
import java.util.function.Predicate;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;

/** Several strategies that ask in turns, each within a limit of its own: for a front. */
final class TurnsAtLimits implements EvaluationStrategy {
  private final List<EvaluationStrategy> strategies;
  private int turn = -1;

  /**
   * @param strategies one or more; the last has the loosest limit
   */
  TurnsAtLimits(List<EvaluationStrategy> strategies) {
    this.strategies = strategies;
  }

  private EvaluationStrategy present() {
    return strategies.get(Math.max(0, turn));
  }

  @Override
  public int[] ask() {
    turn = (turn + 1) % strategies.size();
    return present().ask();
  }

  @Override
  public void tell(int[] path, double score) {
    present().tell(path, score);
  }

  @Override
  public int[] sample() {
    return present().sample();
  }

  @Override
  public double[][] probabilities() {
    return present().probabilities();
  }

  @Override
  public List<int[]> preferred(Predicate<int[]> fits, int most) {
    return strategies.get(strategies.size() - 1).preferred(fits, most);
  }
}
