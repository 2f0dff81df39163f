package org.proxyless.latency.choice;

import java.util.List;

/**
 * Lagrangian multipliers: what a unit of each limit's cost is worth in score. For any λ ≥ 0,
 *
 * <p>D(λ) = Σ_e max_k (score_ek − Σ_l λ_l·cost_lek) + Σ_l λ_l·(limit_l − fixed_l)
 *
 * <p>is an upper bound of the best score that keeps the limits.
 */
final class Multipliers {
  /** Sweeps over the limits when there are several, as they act on one another. */
  private static final int SWEEPS = 12;

  private static final int HALVINGS = 50;
  private static final double SMALLEST = 1e-12;
  private static final double GREATEST = 1e200;

  private final double[][] scores;
  private final List<OperatorChoice.Limit> limits;
  private final double[] lambda;

  private Multipliers(double[][] scores, List<OperatorChoice.Limit> limits) {
    this.scores = scores;
    this.limits = limits;
    this.lambda = new double[limits.size()];
  }

  /** Multipliers whose D is the least for one limit, and nearly the least for several. */
  static double[] of(double[][] scores, List<OperatorChoice.Limit> limits) {
    Multipliers search = new Multipliers(scores, limits);
    for (int sweep = 0; sweep < (limits.size() == 1 ? 1 : SWEEPS); sweep++) {
      for (int limit = 0; limit < limits.size(); limit++) {
        search.descend(limit);
      }
    }
    return search.lambda;
  }

  /** D falls with λ_l for as long as the choice that attains it exceeds limit l. */
  private void descend(int limit) {
    if (!exceeds(limit, 0)) {
      return;
    }
    double low = 0;
    double high = SMALLEST;
    while (exceeds(limit, high) && high < GREATEST) {
      low = high;
      high *= 8;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (exceeds(limit, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    lambda[limit] = high;
  }

  private boolean exceeds(int limit, double value) {
    lambda[limit] = value;
    double[][] costs = limits.get(limit).costs();
    double cost = limits.get(limit).fixed();
    for (int edge = 0; edge < scores.length; edge++) {
      cost += costs[edge][bestCandidate(edge)];
    }
    return cost > limits.get(limit).most() - limits.get(limit).remainder().least();
  }

  private int bestCandidate(int edge) {
    int best = 0;
    for (int k = 1; k < scores[edge].length; k++) {
      if (reduced(scores, limits, lambda, edge, k) > reduced(scores, limits, lambda, edge, best)) {
        best = k;
      }
    }
    return best;
  }

  /** A candidate's score less the price of its costs. */
  static double reduced(
      double[][] scores,
      List<OperatorChoice.Limit> limits,
      double[] lambda,
      int edge,
      int candidate) {
    double reduced = scores[edge][candidate];
    for (int limit = 0; limit < lambda.length; limit++) {
      reduced -= lambda[limit] * limits.get(limit).costs()[edge][candidate];
    }
    return reduced;
  }
}
