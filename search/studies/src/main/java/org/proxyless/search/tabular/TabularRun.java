package org.proxyless.search.tabular;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;

/**
 * One search on a table. Evaluating a network again gives nothing new and is not counted; a
 * strategy that asks for nothing but known networks many times over has converged, and its run
 * ends.
 */
final class TabularRun {
  private static final int MOST_REPEATS = 200;

  private final TableProblem problem;
  private final EvaluationStrategy strategy;
  private final Set<TableNetwork> known = new HashSet<>();
  private TableNetwork best;
  private int feasible;

  /**
   * What a strategy would return after some evaluations.
   *
   * @param returned the network with the best signal of those evaluated within the limit
   * @param feasibleShare of the evaluated networks
   * @param frontShare how much of what the best front dominates that of the evaluated ones does
   */
  record Checkpoint(TableNetwork returned, double feasibleShare, double frontShare) {}

  TabularRun(TableProblem problem, EvaluationStrategy strategy) {
    this.problem = problem;
    this.strategy = strategy;
  }

  /**
   * Runs to the last of these numbers of evaluations.
   *
   * @param evaluations in ascending order
   */
  List<Checkpoint> to(List<Integer> evaluations) {
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (int evaluation : evaluations) {
      int repeats = 0;
      while (known.size() < evaluation && repeats < MOST_REPEATS) {
        repeats = evaluate() ? 0 : repeats + 1;
      }
      checkpoints.add(
          new Checkpoint(best, (double) feasible / known.size(), problem.frontShare(known)));
    }
    return checkpoints;
  }

  /** Whether the strategy asked for something new. */
  private boolean evaluate() {
    int[] path = strategy.ask();
    TableNetwork network =
        problem
            .network(path)
            .orElseThrow(() -> new IllegalStateException(strategy + " asked for the infeasible"));
    boolean isNew = known.add(network);
    if (isNew) {
      feasible += network.latencyMillis() <= problem.limitMillis() ? 1 : 0;
      best = best == null || network.signal() > best.signal() ? network : best;
    }
    strategy.tell(path, problem.score(network));
    return isNew;
  }
}
