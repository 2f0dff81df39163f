package org.proxyless.search.strategy.blackbox;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.Adam;

/**
 * The search of ENAS (Pham et al., 2018): an LSTM controller of 64 cells learns by policy gradient,
 * loss −log p(path)·(R − b) with R = score + 10⁻⁴·entropy, ten paths a step, Adam without momentum
 * at 3.5·10⁻³, b a moving average with decay 0.99.
 *
 * <p>Unlike the authors' code: b starts at the first rewards, not at 0 (which would reinforce
 * whatever comes first), and Adam's ε is the usual one (theirs, 10⁻³, stops learning where rewards
 * differ by little).
 */
public final class EnasSearch extends ControllerSearch {
  private static final int HIDDEN = 64;
  private static final double TANH_CONSTANT = 1.5;
  private static final double TEMPERATURE = 1;
  private static final double LEARNING_RATE = 3.5e-3;
  private static final double ENTROPY_WEIGHT = 1e-4;
  private static final double BASELINE_DECAY = 0.99;
  private static final int PATHS_A_STEP = 10;

  private final LstmController controller;
  private final Adam adam;
  private final RewardBaseline baseline = new RewardBaseline(BASELINE_DECAY);

  /**
   * @param random of the weights and the paths
   */
  public EnasSearch(FeasibleSpace space, RandomGenerator random) {
    this(
        space,
        new LstmController(space.sizes(), HIDDEN, TANH_CONSTANT, TEMPERATURE, random),
        random);
  }

  private EnasSearch(FeasibleSpace space, LstmController controller, RandomGenerator random) {
    super(space, controller, PATHS_A_STEP, random);
    this.controller = controller;
    adam = new Adam(LEARNING_RATE, 0, controller.parameterSizes());
  }

  @Override
  void learn(List<Rewarded> batch) {
    double[][] gradient = controller.zeros();
    for (Rewarded rewarded : batch) {
      LstmController.Episode episode = controller.replay(rewarded.path());
      double reward = rewarded.reward() + ENTROPY_WEIGHT * episode.entropy();
      double[] weights = new double[rewarded.path().length];
      Arrays.fill(weights, baseline.advantage(reward) / batch.size());
      controller.accumulate(episode, weights, 0, gradient);
    }
    adam.descend(controller.parameters(), gradient);
  }
}
