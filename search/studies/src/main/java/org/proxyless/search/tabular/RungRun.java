package org.proxyless.search.tabular;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.proxyless.search.strategy.fidelity.FidelityStrategy;
import org.proxyless.search.strategy.fidelity.Trial;

/**
 * One search on a table of networks trained with several budgets, by a strategy that decides how
 * far. An evaluation is as many epochs as the whole training has. The columns of a table are
 * trainings apart, each with a schedule of its own, so a network that is promoted costs all the
 * epochs of its new rung, not only those that are missing. Asking again costs nothing.
 */
final class RungRun {
  private static final int MOST_REPEATS = 200;

  private final TableProblem problem;
  private final FidelityStrategy strategy;
  private final double[] epochs;
  private final Set<Trial> known = new HashSet<>();
  private final Set<TableNetwork> finished = new HashSet<>();
  private double spent;
  private Trial next;
  private TableNetwork best;
  private int rungOfBest;

  RungRun(TableProblem problem, FidelityStrategy strategy) {
    this.problem = problem;
    this.strategy = strategy;
    epochs = problem.epochs();
  }

  /**
   * Runs as long as so many whole trainings take. Returned is the best network of the highest rung
   * that was reached.
   *
   * @param evaluations in ascending order
   */
  List<TabularRun.Checkpoint> to(List<Integer> evaluations) {
    List<TabularRun.Checkpoint> checkpoints = new ArrayList<>();
    for (int evaluation : evaluations) {
      int repeats = 0;
      while (repeats < MOST_REPEATS) {
        next = next == null ? strategy.ask() : next;
        boolean isNew = !known.contains(next);
        double cost = isNew ? epochs[next.rung()] : 0;
        if (spent + cost > evaluation * epochs[epochs.length - 1]) {
          break;
        }
        repeats = isNew ? 0 : repeats + 1;
        spent += cost;
        evaluate(next);
        next = null;
      }
      checkpoints.add(new TabularRun.Checkpoint(best, 1, problem.frontShare(finished)));
    }
    return checkpoints;
  }

  private void evaluate(Trial trial) {
    TableNetwork network =
        problem
            .network(trial.path())
            .orElseThrow(() -> new IllegalStateException(trial + " is infeasible"));
    known.add(trial);
    int rung = trial.rung();
    if (rung == epochs.length - 1) {
      finished.add(network);
    }
    if (best == null
        || rung > rungOfBest
        || rung == rungOfBest && network.rungs()[rung] > best.rungs()[rung]) {
      best = network;
      rungOfBest = rung;
    }
    strategy.tell(trial, network.rungs()[rung]);
  }
}
