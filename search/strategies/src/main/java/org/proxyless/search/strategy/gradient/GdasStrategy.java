package org.proxyless.search.strategy.gradient;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.ArchitectureRate;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.Gumbel;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.StrategyFactory;

/**
 * GDAS (Dong and Yang, CVPR 2019): a path is drawn by Gumbel noise, h = onehot(argmax z) with z =
 * softmax((ln p + G)/τ), only its candidates run, and the gradient to them goes straight through to
 * z: ∂L/∂a_i = ∂L/∂h_s · z_s (δ_is − z_i)/τ for the drawn s. The temperature τ falls from 10 to 0.1
 * along a line. The authors' code also lets the sum of ∂L/∂y pass for the gradient of candidates
 * that did not run, which says nothing about them; here they have none.
 */
public final class GdasStrategy extends LearnedStrategy {
  /** Of Adam, in the paper's searches. */
  public static final double PUBLISHED_RATE = 3e-4;

  /** Rate · architecture steps of the paper's searches: 250 epochs of 25,000 images, 64 a step. */
  public static final double PUBLISHED_TRAVEL = 29;

  private static final double FIRST_TEMPERATURE = 10;
  private static final double LAST_TEMPERATURE = 0.1;

  private final FallingTemperature temperature;
  private final RandomGenerator random;

  /**
   * @param edgeSizes the number of candidates of each edge
   * @param loss what the expected latency adds
   * @param learningRate of Adam
   * @param steps architecture steps in which the temperature falls
   * @param others what else proposals keep
   * @param random of the first parameters and of the noise
   */
  public GdasStrategy(
      int[] edgeSizes,
      SpaceLatency latency,
      LatencyLoss loss,
      double learningRate,
      long steps,
      List<Limit> others,
      RandomGenerator random) {
    super(LearnedArchitecture.likeDarts(edgeSizes, latency, loss, learningRate, others, random));
    temperature = temperature(steps);
    this.random = random;
  }

  static FallingTemperature temperature(long steps) {
    return FallingTemperature.linear(FIRST_TEMPERATURE, LAST_TEMPERATURE, steps);
  }

  @Override
  public int[] samplePath() {
    return Gumbel.hard(Gumbel.shares(architecture.values(), temperature.value(), random));
  }

  @Override
  public PathScore architectureStep(PathEvaluator evaluator, Batch validation) {
    double tau = temperature.value();
    temperature.fall();
    double[][] shares = Gumbel.shares(architecture.values(), tau, random);
    int[] path = Gumbel.hard(shares);
    boolean[][] alone = new boolean[path.length][];
    for (int e = 0; e < path.length; e++) {
      alone[e] = new boolean[shares[e].length];
      alone[e][path[e]] = true;
    }
    GateGradients gates = evaluator.gateGradients(path, alone, validation);
    SpaceLatency latency = architecture.latency();
    LatencyLoss loss = architecture.loss();
    double[][] p = architecture.probabilities();
    double expectedMillis = latency.expectedMillis(p);
    double crossEntropy = gates.score().loss();
    double crossEntropySlope = loss.crossEntropySlope(crossEntropy, expectedMillis);
    double latencySlope = loss.latencySlope(crossEntropy, expectedMillis);
    double[][] ofLatency = latency.gradientMillis(p);
    double[][] gradient = straightThrough(gates.values(), shares, tau);
    for (int e = 0; e < gradient.length; e++) {
      for (int c = 0; c < gradient[e].length; c++) {
        gradient[e][c] = crossEntropySlope * gradient[e][c] + latencySlope * ofLatency[e][c];
      }
    }
    architecture.descend(gradient);
    architecture.keepTarget();
    return gates.score();
  }

  /** ∂L/∂a as if the gates were the shares z. */
  static double[][] straightThrough(
      double[][] gateGradients, double[][] shares, double temperature) {
    double[][] gradient = new double[shares.length][];
    for (int e = 0; e < gradient.length; e++) {
      gradient[e] = GateSampling.throughSoftmax(gateGradients[e], shares[e]);
      for (int c = 0; c < gradient[e].length; c++) {
        gradient[e][c] /= temperature;
      }
    }
    return gradient;
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = super.state();
    temperature.save(state);
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    super.restore(state);
    temperature.restore(state);
  }

  /** One candidate by Gumbel noise (Dong and Yang, CVPR 2019). */
  public static final class Factory implements StrategyFactory {
    @Override
    public String name() {
      return "gdas";
    }

    @Override
    public String description() {
      return "one candidate an edge drawn by Gumbel noise, gradient straight through it (GDAS)";
    }

    @Override
    public ArchitectureRate architectureRate() {
      return new ArchitectureRate(PUBLISHED_RATE, PUBLISHED_TRAVEL);
    }

    @Override
    public Strategy create(SearchProblem problem) {
      return new GdasStrategy(
          problem.edgeSizes(),
          problem.latency(),
          problem.projection(),
          problem.architectureRate(),
          problem.architectureSteps(),
          problem.others(),
          problem.random());
    }
  }
}
