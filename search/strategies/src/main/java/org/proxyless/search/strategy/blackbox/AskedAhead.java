package org.proxyless.search.strategy.blackbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * A strategy that is asked for several networks before it is told of the first, so that they can be
 * evaluated at the same time: whenever an answer has come in, it is asked for one more.
 *
 * <p>Answers are told in the order of the questions, whichever comes first: what is asked follows
 * from the seed, the answers, and how many are asked ahead, never from anybody's speed. Evolution
 * then breeds from a population that lags behind, as if asynchronous; what learns a distribution
 * learns from draws that are a little older than it is. One that {@link
 * EvaluationStrategy#takesLies takes lies} is told the worst score so far of what it has no answer
 * for, so that it looks elsewhere meanwhile (the constant liar of Ginsbourger, Le Riche and
 * Carraro, 2010).
 */
public final class AskedAhead implements EvaluationStrategy {
  private final EvaluationStrategy strategy;
  private final int networks;
  private final Deque<int[]> asked = new ArrayDeque<>();
  private double worst = Double.POSITIVE_INFINITY;

  /**
   * Asks ahead.
   *
   * @param networks that are asked for before the first answer; with 1 the strategy is as it was
   */
  public AskedAhead(EvaluationStrategy strategy, int networks) {
    if (networks < 1) {
      throw new IllegalArgumentException(networks + " networks at a time");
    }
    this.strategy = strategy;
    this.networks = networks;
  }

  @Override
  public int[] ask() {
    while (asked.size() < networks) {
      int[] path = strategy.ask();
      asked.addLast(path);
      if (networks > 1 && strategy.takesLies() && Double.isFinite(worst)) {
        strategy.tell(path, worst);
      }
    }
    return asked.removeFirst().clone();
  }

  /** Those that were asked for beside the one that {@link #ask} gave last, in order. */
  public List<int[]> ahead() {
    return new ArrayList<>(asked);
  }

  @Override
  public void tell(int[] path, double score) {
    worst = Math.min(worst, score);
    strategy.tell(path, score);
  }

  @Override
  public int[] sample() {
    return strategy.sample();
  }

  @Override
  public double[][] probabilities() {
    return strategy.probabilities();
  }

  @Override
  public List<int[]> preferred(Predicate<int[]> fits, int most) {
    return strategy.preferred(fits, most);
  }
}
