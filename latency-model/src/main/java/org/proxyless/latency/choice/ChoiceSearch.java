package org.proxyless.latency.choice;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Depth-first branch and bound over the edges. A partial choice is dropped when even its cheapest
 * completion exceeds a limit, or when no completion can beat the best choice found so far: for any
 * multipliers λ ≥ 0 the rest scores at most Σ_e max_k (score − λ·cost) + λ·(what is left of the
 * limits); of several λ the least bound counts. What a choice costs besides sums is taken at its
 * least on the way and exactly for a whole choice.
 */
final class ChoiceSearch {
  /** λ bounds best at the root; deeper down, multiples of it do. */
  private static final double[] SCALES = {1, 0, 0.3, 0.6, 0.8, 0.9, 1.1, 1.25, 1.7, 3, 10};

  private static final double SCORE_TOLERANCE = 1e-9;
  private static final double ROUNDING = 1e-12;

  private final double[][] scores;
  private final List<OperatorChoice.Limit> limits;

  /** The edges in the order in which they are decided: wide ones first, the last ones fill up. */
  private final int[] order;

  /** The candidates of each edge in the order in which they are tried. */
  private final int[][] candidates;

  /** [scale][limit]. */
  private final double[][] lambdas;

  /**
   * Greatest sum of reduced scores of the edges from this place in the order on: [scale][place].
   */
  private final double[][] restScore;

  /** Least cost of the edges from this place in the order on: [limit][place]. */
  private final double[][] restCost;

  private final double scoreTolerance;
  private final double[] costRounding;

  /** What the decided edges leave of each limit: [place][limit]. */
  private final double[][] left;

  private final int[] choice;
  private int @Nullable [] best;
  private double bestScore = Double.NEGATIVE_INFINITY;

  ChoiceSearch(double[][] scores, List<OperatorChoice.Limit> limits) {
    this.scores = scores;
    this.limits = limits;
    this.choice = new int[scores.length];
    this.left = new double[scores.length + 1][limits.size()];
    this.scoreTolerance = SCORE_TOLERANCE * magnitude(scores);
    this.costRounding =
        limits.stream()
            .mapToDouble(limit -> ROUNDING * (Math.abs(limit.fixed()) + magnitude(limit.costs())))
            .toArray();
    this.order = descending(scores.length, this::spread);
    double[] lambda = Multipliers.of(scores, limits);
    this.candidates = new int[scores.length][];
    for (int e = 0; e < scores.length; e++) {
      int edge = e;
      candidates[edge] = descending(scores[edge].length, k -> reduced(lambda, edge, k));
    }
    this.lambdas =
        Arrays.stream(SCALES)
            .mapToObj(scale -> Arrays.stream(lambda).map(value -> scale * value).toArray())
            .toArray(double[][]::new);
    this.restScore =
        Arrays.stream(lambdas)
            .map(l -> sumsOfTheRest(edge -> greatestReduced(l, edge), rounding(l)))
            .toArray(double[][]::new);
    this.restCost =
        limits.stream()
            .map(limit -> sumsOfTheRest(edge -> min(limit.costs()[edge]), 0))
            .toArray(double[][]::new);
  }

  /** The best choice, or nothing if no choice keeps all limits. */
  Optional<int[]> best() {
    for (int l = 0; l < limits.size(); l++) {
      OperatorChoice.Limit limit = limits.get(l);
      left[0][l] = limit.most() - limit.fixed() - limit.remainder().least();
    }
    if (fits(0)) {
      decide(0, 0);
    }
    return Optional.ofNullable(best);
  }

  private void decide(int place, double score) {
    if (place == order.length) {
      // Pruning allows for rounding; what is kept meets the limits to the last bit.
      if (limits.stream().allMatch(limit -> limit.cost(choice) <= limit.most())) {
        best = choice.clone();
        bestScore = score;
      }
      return;
    }
    int edge = order[place];
    for (int candidate : candidates[edge]) {
      for (int l = 0; l < limits.size(); l++) {
        left[place + 1][l] = left[place][l] - limits.get(l).costs()[edge][candidate];
      }
      double next = score + scores[edge][candidate];
      if (fits(place + 1) && next + bound(place + 1) > bestScore + scoreTolerance) {
        choice[edge] = candidate;
        decide(place + 1, next);
      }
    }
  }

  private boolean fits(int place) {
    for (int l = 0; l < restCost.length; l++) {
      if (restCost[l][place] > left[place][l] + costRounding[l]) {
        return false;
      }
    }
    return true;
  }

  /** What the edges from this place on can score at most. */
  private double bound(int place) {
    double least = Double.POSITIVE_INFINITY;
    for (int m = 0; m < lambdas.length; m++) {
      double bound = restScore[m][place];
      for (int l = 0; l < restCost.length; l++) {
        bound += lambdas[m][l] * left[place][l];
      }
      least = Math.min(least, bound);
    }
    return least;
  }

  private double spread(int edge) {
    double[] values = limits.isEmpty() ? scores[edge] : limits.get(0).costs()[edge];
    return Arrays.stream(values).max().orElseThrow() - min(values);
  }

  private double reduced(double[] lambda, int edge, int candidate) {
    return Multipliers.reduced(scores, limits, lambda, edge, candidate);
  }

  private double greatestReduced(double[] lambda, int edge) {
    return IntStream.range(0, scores[edge].length)
        .mapToDouble(candidate -> reduced(lambda, edge, candidate))
        .max()
        .orElseThrow();
  }

  /** What rounding may take off a bound: much where costs nearly tie, so that λ is huge. */
  private double rounding(double[] lambda) {
    double rounding = ROUNDING * magnitude(scores);
    for (int l = 0; l < lambda.length; l++) {
      rounding += lambda[l] * costRounding[l];
    }
    return rounding;
  }

  /** Something plus the sum over the edges from each place in the order on. */
  private double[] sumsOfTheRest(IntToDoubleFunction ofEdge, double something) {
    double[] sums = new double[order.length + 1];
    sums[order.length] = something;
    for (int place = order.length - 1; place >= 0; place--) {
      sums[place] = sums[place + 1] + ofEdge.applyAsDouble(order[place]);
    }
    return sums;
  }

  private static int[] descending(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -value.applyAsDouble(i)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double magnitude(double[][] values) {
    return Arrays.stream(values)
        .mapToDouble(edge -> Arrays.stream(edge).map(Math::abs).max().orElseThrow())
        .sum();
  }
}
