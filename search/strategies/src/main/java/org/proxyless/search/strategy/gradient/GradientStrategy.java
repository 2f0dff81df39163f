package org.proxyless.search.strategy.gradient;

import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.Adam;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.StrategyFactory;

/**
 * ProxylessNAS-G (Cai et al., 2019, sections 3.1 and 3.2): the gradient of the loss to binary
 * gates, carried over to the architecture parameters by ∂L/∂a_i = Σ_j ∂L/∂g_j · p_j (δ_ij − p_i),
 * and the gradient of the expected latency, both descended by Adam.
 */
public final class GradientStrategy extends LearnedStrategy {
  private final GateSampling sampling;
  private final RandomGenerator random;

  /**
   * @param edgeSizes the number of candidates of each edge
   * @param loss what the expected latency adds
   * @param twoGates whether a step evaluates two candidates an edge, or all of them
   * @param learningRate of Adam; rate × steps should be 5 or more, or nothing is decided at the end
   * @param random of the first parameters and of the paths
   */
  public GradientStrategy(
      int[] edgeSizes,
      SpaceLatency latency,
      LatencyLoss loss,
      boolean twoGates,
      double learningRate,
      RandomGenerator random) {
    this(edgeSizes, latency, loss, twoGates, learningRate, List.of(), random);
  }

  /**
   * With more limits than the latency.
   *
   * @param others what else proposals keep
   */
  public GradientStrategy(
      int[] edgeSizes,
      SpaceLatency latency,
      LatencyLoss loss,
      boolean twoGates,
      double learningRate,
      List<Limit> others,
      RandomGenerator random) {
    super(
        new LearnedArchitecture(
            new ArchitectureParameters(edgeSizes, random),
            latency,
            others,
            loss,
            new Adam(learningRate, edgeSizes)));
    this.sampling = twoGates ? new TwoGates() : new AllGates();
    this.random = random;
  }

  @Override
  public int[] samplePath() {
    return Categorical.sample(architecture.probabilities(), random);
  }

  @Override
  public PathScore architectureStep(PathEvaluator evaluator, Batch validation) {
    SpaceLatency latency = architecture.latency();
    LatencyLoss loss = architecture.loss();
    double expectedMillis = latency.expectedMillis(architecture.probabilities());
    GateSampling.Draw draw = sampling.draw(architecture.values(), random);
    GateGradients gates = evaluator.gateGradients(draw.path(), draw.sampled(), validation);
    double crossEntropy = gates.score().loss();
    double[][] gradient =
        sampling.gradient(
            draw,
            architecture.values(),
            gates.values(),
            loss.crossEntropySlope(crossEntropy, expectedMillis),
            latency,
            loss.latencySlope(crossEntropy, expectedMillis));
    sampling.step(draw, architecture.values(), values -> architecture.descend(gradient));
    architecture.keepTarget();
    return gates.score();
  }

  /** Gates are trained by gradient descent (ProxylessNAS-G). */
  public static final class Factory implements StrategyFactory {
    @Override
    public String name() {
      return "gradient";
    }

    @Override
    public String description() {
      return "architecture parameters learn by gradient through sampled gates (ProxylessNAS-G)";
    }

    @Override
    public Strategy create(SearchProblem problem) {
      return new GradientStrategy(
          problem.edgeSizes(),
          problem.latency(),
          problem.loss().orElseGet(problem::projection),
          problem.twoGates(),
          problem.architectureRate(),
          problem.others(),
          problem.random());
    }
  }
}
