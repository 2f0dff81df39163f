package org.proxyless.search.strategy.blackbox;

import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.RandomStrategy;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.Strategy;

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

  /** Networks within the target are drawn uniformly. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "random";
    }

    @Override
    public String description() {
      return "the best of networks drawn uniformly among those within the target";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new RandomSearch(space, random);
    }

    /** In the main job, by the shared weights. */
    @Override
    public Strategy create(SearchProblem problem) {
      return new RandomStrategy(
          problem.edgeSizes(),
          problem.latency(),
          problem.boundMillis(),
          problem.others(),
          problem.random());
    }
  }
}
