package org.proxyless.search.strategy.controller;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;

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
  private static final Teaching TEACHING = new Teaching(64, 1.5, 3.5e-3, 0, 0.99, 10);
  private static final double ENTROPY_WEIGHT = 1e-4;

  /**
   * @param random of the weights and the paths
   */
  public EnasSearch(FeasibleSpace space, RandomGenerator random) {
    super(space, TEACHING, random);
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
    descend(gradient);
  }

  /** An LSTM controller learns by policy gradient. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "enas";
    }

    @Override
    public String description() {
      return "an LSTM controller learns by policy gradient from sampled networks (ENAS)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new EnasSearch(space, random);
    }
  }
}
