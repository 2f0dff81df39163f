package org.proxyless.search.strategy.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.Adam;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.RewardBaseline;

/**
 * What the strategies with an LSTM controller share: it draws paths, and learns from them a batch
 * at a time. Infeasible draws are rejected and drawn again, so the policy is conditioned on the
 * limit; the gradient of that condition vanishes on average, the baseline being the mean reward.
 */
abstract sealed class ControllerSearch implements EvaluationStrategy
    permits EnasSearch, NasnetPpoSearch {
  private static final double TEMPERATURE = 1;
  private static final int MARGINAL_DRAWS = 64;
  private static final long MARGINAL_SEED = 1;

  /** What draws the paths. */
  final LstmController controller;

  /** Of the rewards. */
  final RewardBaseline baseline;

  private final FeasibleSpace space;
  private final Adam adam;
  private final int pathsAStep;
  private final RandomGenerator random;
  private final List<Rewarded> batch = new ArrayList<>();

  /** A path that was evaluated. */
  record Rewarded(int[] path, double reward) {}

  /**
   * How a controller is made and taught.
   *
   * @param hidden cells of the LSTM
   * @param tanhConstant what its logits stay below
   * @param learningRate of Adam
   * @param firstMomentDecay of Adam
   * @param baselineDecay of the moving average of the rewards
   * @param pathsAStep paths that it learns from at a time
   */
  record Teaching(
      int hidden,
      double tanhConstant,
      double learningRate,
      double firstMomentDecay,
      double baselineDecay,
      int pathsAStep) {}

  /**
   * @param random of the weights and the paths
   */
  ControllerSearch(FeasibleSpace space, Teaching teaching, RandomGenerator random) {
    this.space = space;
    this.random = random;
    controller =
        new LstmController(
            space.sizes(), teaching.hidden(), teaching.tanhConstant(), TEMPERATURE, random);
    adam =
        new Adam(teaching.learningRate(), teaching.firstMomentDecay(), controller.parameterSizes());
    baseline = new RewardBaseline(teaching.baselineDecay());
    pathsAStep = teaching.pathsAStep();
  }

  /** A step against a gradient of the controller's parameters. */
  final void descend(double[][] gradient) {
    adam.descend(controller.parameters(), gradient);
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
    if (batch.size() == pathsAStep) {
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
