package org.proxyless.search.strategy.blackbox;

import java.util.List;
import java.util.function.Predicate;

/**
 * A way to search that learns from nothing but the scores of the networks it asked for. It asks for
 * feasible networks only ({@link FeasibleSpace}): what breaks the limit is rejected before it is
 * evaluated. The same seed and the same scores give the same questions.
 */
public interface EvaluationStrategy {
  /** The network to evaluate next, feasible. It may have been asked for before. */
  int[] ask();

  /** How far the network that was asked for last is to be trained: a rung, from 0. */
  default int rung() {
    return 0;
  }

  /**
   * The answer.
   *
   * @param path a network that was asked for; answers come in the order of the questions
   * @param score to be raised, such as an accuracy; finite
   */
  void tell(int[] path, double score);

  /**
   * Whether it may be told a score that is not known yet of a network that it has asked for, and
   * the true one later, which then takes its place.
   */
  default boolean takesLies() {
    return false;
  }

  /**
   * Draws a feasible network as the strategy sees the space now, without asking for its score: for
   * training shared weights where they will be needed.
   */
  int[] sample();

  /** What it believes: the probability of every candidate, all above 0, [choice][candidate]. */
  double[][] probabilities();

  /**
   * The networks it would return of those that it knows and that fit, best first, each once. Empty
   * for strategies that learn a distribution and keep no networks.
   */
  default List<int[]> preferred(Predicate<int[]> fits, int most) {
    return List.of();
  }
}
