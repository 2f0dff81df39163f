package org.proxyless.search.strategy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;

/**
 * ProxylessNAS-G (Cai et al., 2019, sections 3.1 and 3.2): the gradient of the loss to binary
 * gates, carried over to the architecture parameters by ∂L/∂a_i = Σ_j ∂L/∂g_j · p_j (δ_ij − p_i),
 * and the gradient of the expected latency, both descended by Adam.
 */
public final class GradientStrategy implements Strategy {
  private static final String ALPHAS = "alphas";

  private final ArchitectureParameters parameters;
  private final SpaceLatency latency;
  private final LatencyLoss loss;
  private final GateSampling sampling;
  private final Adam adam;
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
    parameters = new ArchitectureParameters(edgeSizes, random);
    this.latency = latency;
    this.loss = loss;
    this.sampling = twoGates ? new TwoGates() : new AllGates();
    this.adam = new Adam(learningRate, edgeSizes);
    this.random = random;
    loss.project(parameters.values());
  }

  @Override
  public int[] samplePath() {
    return Categorical.sample(parameters.probabilities(), random);
  }

  @Override
  public PathScore architectureStep(PathEvaluator evaluator, Batch validation) {
    double expectedMillis = latency.expectedMillis(parameters.probabilities());
    GateSampling.Draw draw = sampling.draw(parameters.values(), random);
    GateGradients gates = evaluator.gateGradients(draw.path(), draw.sampled(), validation);
    double crossEntropy = gates.score().loss();
    double[][] gradient =
        sampling.gradient(
            draw,
            parameters.values(),
            gates.values(),
            loss.crossEntropySlope(crossEntropy, expectedMillis),
            latency,
            loss.latencySlope(crossEntropy, expectedMillis));
    sampling.step(draw, parameters.values(), values -> adam.descend(values, gradient));
    loss.project(parameters.values());
    loss.adapt(latency.expectedMillis(parameters.probabilities()));
    return gates.score();
  }

  @Override
  public double[][] probabilities() {
    return parameters.probabilities();
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new HashMap<>(adam.state());
    state.put(ALPHAS, Ragged.flat(parameters.values()));
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    adam.restore(state);
    Ragged.fill(parameters.values(), state.get(ALPHAS));
  }

  @Override
  public List<int[]> propose(double mostMillis) {
    return List.of(parameters.likeliest(latency, mostMillis));
  }
}
