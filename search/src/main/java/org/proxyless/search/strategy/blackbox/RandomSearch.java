package org.proxyless.search.strategy.blackbox;

import java.util.List;
import java.util.random.RandomGenerator;

/** Asks for feasible networks drawn evenly, and learns nothing: the baseline. */
public final class RandomSearch implements EvaluationStrategy {
  private final FeasibleSpace space;
  private final RandomGenerator random;

  /**
   * @param random of the draws
   */
  public RandomSearch(FeasibleSpace space, RandomGenerator random) {
    this.space = space;
    this.random = random;
  }

  @Override
  public int[] ask() {
    return space.draw(random);
  }

  @Override
  public void tell(int[] path, double score) {}

  @Override
  public int[] sample() {
    return space.draw(random);
  }

  @Override
  public double[][] probabilities() {
    return ScoredNetworks.frequencies(List.of(), space.sizes());
  }
}
