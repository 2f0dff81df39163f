package org.proxyless.search.strategy.gradient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.Adam;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.NetworkReward;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.Ragged;
import org.proxyless.search.strategy.Strategy;

/**
 * ProxylessNAS-R (Cai et al., 2019, section 3.3): the score-function gradient Σ (r − b)·(−∇ log p)
 * of a reward that weighs accuracy and latency, with a moving average of the reward as baseline.
 */
public final class ReinforceStrategy implements Strategy {
  private static final String ALPHAS = "alphas";
  private static final String BASELINE = "baseline";
  private static final String REWARD = "reward";
  private static final int NETWORKS_A_STEP = 10;
  private static final double BASELINE_DECAY = 0.99;

  private final ArchitectureParameters parameters;
  private final SpaceLatency latency;
  private final List<Limit> others;
  private final NetworkReward reward;
  private final Adam adam;
  private final RandomGenerator random;
  private double baseline = Double.NaN;

  /**
   * @param edgeSizes the number of candidates of each edge
   * @param learningRate of Adam
   * @param random of the first parameters and of the paths
   */
  public ReinforceStrategy(
      int[] edgeSizes,
      SpaceLatency latency,
      NetworkReward reward,
      double learningRate,
      RandomGenerator random) {
    this(edgeSizes, latency, reward, learningRate, List.of(), random);
  }

  /**
   * With more limits than the latency.
   *
   * @param others what else proposals keep
   */
  public ReinforceStrategy(
      int[] edgeSizes,
      SpaceLatency latency,
      NetworkReward reward,
      double learningRate,
      List<Limit> others,
      RandomGenerator random) {
    parameters = new ArchitectureParameters(edgeSizes, random);
    this.latency = latency;
    this.others = List.copyOf(others);
    this.reward = reward;
    this.adam = new Adam(learningRate, edgeSizes);
    this.random = random;
  }

  @Override
  public int[] samplePath() {
    return Categorical.sample(parameters.probabilities(), random);
  }

  @Override
  public PathScore architectureStep(PathEvaluator evaluator, Batch validation) {
    double[][] p = parameters.probabilities();
    int[][] paths = new int[NETWORKS_A_STEP][];
    double[] rewards = new double[NETWORKS_A_STEP];
    double loss = 0;
    double accuracy = 0;
    double meanReward = 0;
    for (int n = 0; n < NETWORKS_A_STEP; n++) {
      paths[n] = Categorical.sample(p, random);
      PathScore score = evaluator.score(paths[n], validation);
      rewards[n] = reward.of(score.accuracy(), latency.latencyMillis(paths[n]));
      loss += score.loss() / NETWORKS_A_STEP;
      accuracy += score.accuracy() / NETWORKS_A_STEP;
      meanReward += rewards[n] / NETWORKS_A_STEP;
    }
    if (Double.isNaN(baseline)) {
      baseline = meanReward;
    }
    adam.descend(parameters.values(), gradient(p, paths, rewards, baseline));
    reward.adapt(latency.expectedMillis(parameters.probabilities()));
    baseline = BASELINE_DECAY * baseline + (1 - BASELINE_DECAY) * meanReward;
    return new PathScore(loss, accuracy);
  }

  /** mean over the paths of (r − b)·(−∇_a log p), where ∂ log p/∂a_i = δ_i,chosen − p_i. */
  static double[][] gradient(double[][] p, int[][] paths, double[] rewards, double baseline) {
    double[][] gradient = new double[p.length][];
    for (int e = 0; e < p.length; e++) {
      gradient[e] = new double[p[e].length];
      for (int n = 0; n < paths.length; n++) {
        double weight = -(rewards[n] - baseline) / paths.length;
        for (int c = 0; c < p[e].length; c++) {
          gradient[e][c] += weight * ((paths[n][e] == c ? 1 : 0) - p[e][c]);
        }
      }
    }
    return gradient;
  }

  @Override
  public double[][] probabilities() {
    return parameters.probabilities();
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new HashMap<>(adam.state());
    state.put(ALPHAS, Ragged.flat(parameters.values()));
    state.put(BASELINE, new double[] {baseline});
    state.put(REWARD, reward.state());
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    adam.restore(state);
    Ragged.fill(parameters.values(), state.get(ALPHAS));
    baseline = state.get(BASELINE)[0];
    reward.restore(state.get(REWARD));
  }

  @Override
  public List<int[]> propose(double mostMillis) {
    return List.of(parameters.typical(latency, mostMillis, others).likeliest());
  }

  @Override
  public Optional<int[]> choose(SpaceLatency latency, double leastMillis, double mostMillis) {
    return parameters.likeliest(latency, leastMillis, mostMillis, others);
  }

  @Override
  public List<int[]> finalists(double mostMillis, int most, RandomGenerator random) {
    return parameters.typical(latency, mostMillis, others).likely(most, random);
  }
}
