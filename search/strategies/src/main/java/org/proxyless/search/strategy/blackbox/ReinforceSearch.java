package org.proxyless.search.strategy.blackbox;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.Adam;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.TargetReward;
import org.proxyless.search.strategy.gradient.ReinforceStrategy;

/**
 * The score-function gradient (Williams, 1992) on independent logits, with the settings of
 * NATS-Bench (Dong et al., 2021): one network a step, loss −log p·(r − b), b a moving average of
 * the rewards before this one with bias correction, decay 0.9.
 *
 * <p>Infeasible draws are rejected, so p is conditioned on the limit; the gradient of that
 * condition is the same for all networks and vanishes on average, b being the mean reward.
 */
public final class ReinforceSearch implements EvaluationStrategy {
  /** NATS-Bench's is near it; more decides sooner. */
  public static final double DEFAULT_LEARNING_RATE = 0.01;

  private static final double BETA_1 = 0.9;
  private static final double BASELINE_DECAY = 0.9;
  private static final double INITIAL_SIGMA = 1e-3;

  private final FeasibleSpace space;
  private final RandomGenerator random;
  private final double[][] logits;
  private final Adam adam;
  private final RewardBaseline baseline = new RewardBaseline(BASELINE_DECAY);

  /**
   * @param learningRate of Adam
   */
  public ReinforceSearch(FeasibleSpace space, double learningRate, RandomGenerator random) {
    this.space = space;
    this.random = random;
    int[] sizes = space.sizes();
    logits = Arrays.stream(sizes).mapToObj(double[]::new).toArray(double[][]::new);
    for (double[] choice : logits) {
      Arrays.setAll(choice, c -> random.nextGaussian(0, INITIAL_SIGMA));
    }
    adam = new Adam(learningRate, BETA_1, sizes);
  }

  @Override
  public int[] ask() {
    return sample();
  }

  @Override
  public void tell(int[] path, double score) {
    double advantage = baseline.advantage(score);
    double[][] gradient = probabilities();
    for (int e = 0; e < path.length; e++) {
      gradient[e][path[e]] -= 1; // −∂ log p/∂a
      for (int c = 0; c < gradient[e].length; c++) {
        gradient[e][c] *= advantage;
      }
    }
    adam.descend(logits, gradient);
  }

  @Override
  public int[] sample() {
    double[][] p = probabilities();
    return space.firstFeasible(() -> Categorical.sample(p, random), random);
  }

  @Override
  public double[][] probabilities() {
    return Categorical.softmax(logits);
  }

  /** Architecture parameters are trained by policy gradient (ProxylessNAS-R). */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "reinforce";
    }

    @Override
    public String description() {
      return "architecture parameters learn by policy gradient from sampled networks (ProxylessNAS-R)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new ReinforceSearch(space, DEFAULT_LEARNING_RATE, random);
    }

    /** In the main job, by the shared weights. */
    @Override
    public Strategy create(SearchProblem problem) {
      return new ReinforceStrategy(
          problem.edgeSizes(),
          problem.latency(),
          new TargetReward(problem.boundMillis()),
          problem.architectureRate(),
          problem.others(),
          problem.random());
    }
  }
}
