package org.proxyless.search.strategy.controller;

import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;

/**
 * The search of NASNet (Zoph et al., 2018): an LSTM controller of 100 cells learns by proximal
 * policy optimisation (Schulman et al., 2017), maximising min(ρA, clip(ρ, 1 ± 0.2)·A) of every
 * choice plus 10⁻⁵·entropy, ρ being the probability now over that when the path was drawn. Twenty
 * paths an update, each used five times; A is the reward less a moving average with decay 0.95,
 * over the batch's deviation. Adam at 3.5·10⁻³: NASNet's 3.5·10⁻⁴ is for 20,000 networks and
 * decides nothing in the hundreds that one evaluates here.
 */
public final class NasnetPpoSearch extends ControllerSearch {
  private static final Teaching TEACHING = new Teaching(100, 2.5, 3.5e-3, 0.9, 0.95, 20);
  private static final double ENTROPY_WEIGHT = 1e-5;
  private static final double CLIP = 0.2;
  private static final int PASSES = 5;

  /**
   * @param random of the weights and the paths
   */
  public NasnetPpoSearch(FeasibleSpace space, RandomGenerator random) {
    super(space, TEACHING, random);
  }

  @Override
  void learn(List<Rewarded> batch) {
    double[] advantages =
        batch.stream().mapToDouble(rewarded -> baseline.advantage(rewarded.reward())).toArray();
    double scale = deviation(advantages);
    if (scale == 0) {
      return; // all the same: nothing to prefer
    }
    double[][] drawnAt = new double[batch.size()][];
    for (int n = 0; n < drawnAt.length; n++) {
      drawnAt[n] = logProbabilities(controller.replay(batch.get(n).path()));
    }
    for (int pass = 0; pass < PASSES; pass++) {
      double[][] gradient = controller.zeros();
      for (int n = 0; n < drawnAt.length; n++) {
        LstmController.Episode episode = controller.replay(batch.get(n).path());
        double[] weights = logProbabilities(episode);
        for (int t = 0; t < weights.length; t++) {
          double ratio = Math.exp(weights[t] - drawnAt[n][t]);
          weights[t] = weight(ratio, advantages[n] / scale) / drawnAt.length;
        }
        controller.accumulate(episode, weights, ENTROPY_WEIGHT / drawnAt.length, gradient);
      }
      descend(gradient);
    }
  }

  /**
   * The derivative of min(ρA, clip(ρ, 1 ± 0.2)·A) by log p: ρA, or 0 where the clipped term is the
   * lesser.
   */
  static double weight(double ratio, double advantage) {
    boolean clipped = advantage > 0 ? ratio > 1 + CLIP : ratio < 1 - CLIP;
    return clipped ? 0 : ratio * advantage;
  }

  private static double[] logProbabilities(LstmController.Episode episode) {
    double[] logs = new double[episode.path().length];
    for (int t = 0; t < logs.length; t++) {
      logs[t] = episode.logProbability(t);
    }
    return logs;
  }

  private static double deviation(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  /** An LSTM controller learns by proximal policy optimisation. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "nasnet-ppo";
    }

    @Override
    public String description() {
      return "an LSTM controller learns by proximal policy optimisation (NASNet)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new NasnetPpoSearch(space, random);
    }
  }
}
