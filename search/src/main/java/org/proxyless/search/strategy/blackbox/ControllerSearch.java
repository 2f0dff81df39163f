package org.proxyless.search.strategy.blackbox;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What the strategies with an LSTM controller share: it draws paths, and learns from them a batch
 * at a time. Infeasible draws are rejected and drawn again, so the policy is conditioned on the
 * limit; the gradient of that condition vanishes on average, the baseline being the mean reward.
 */
abstract sealed class ControllerSearch implements EvaluationStrategy
    permits EnasSearch, NasnetPpoSearch {
  private static final int MARGINAL_DRAWS = 64;
  private static final long MARGINAL_SEED = 1;

  private final FeasibleSpace space;
  private final LstmController controller;
  private final int batchSize;
  private final RandomGenerator random;
  private final List<Rewarded> batch = new ArrayList<>();

  /** A path that was evaluated. */
  record Rewarded(int[] path, double reward) {}

  ControllerSearch(
      FeasibleSpace space, LstmController controller, int batchSize, RandomGenerator random) {
    this.space = space;
    this.controller = controller;
    this.batchSize = batchSize;
    this.random = random;
  }

  /** Learns from paths that the controller drew as it is now. */
  abstract void learn(List<Rewarded> batch);

  @Override
  public int[] ask() {
    return sample();
  }

  @Override
  public void tell(int[] path, double score) {
    batch.add(new Rewarded(path.clone(), score));
    if (batch.size() == batchSize) {
      learn(List.copyOf(batch));
      batch.clear();
    }
  }

  @Override
  public int[] sample() {
    return space.firstFeasible(() -> controller.draw(random).path(), random);
  }

  /** The marginals of its paths, from draws of their own: asking for them changes nothing. */
  @Override
  public double[][] probabilities() {
    return controller.marginals(MARGINAL_DRAWS, new SplittableRandom(MARGINAL_SEED));
  }
}
