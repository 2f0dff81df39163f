package org.proxyless.search.strategy.gradient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.strategy.Adam;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.Ragged;

/**
 * Architecture parameters that Adam descends and that the loss of the expected latency keeps at the
 * target: what every strategy shares that learns by gradients.
 */
final class LearnedArchitecture {
  private static final String ALPHAS = "alphas";
  private static final String LOSS = "loss";
  private static final double DARTS_FIRST_MOMENT_DECAY = 0.5;
  private static final double DARTS_WEIGHT_DECAY = 1e-3;

  private final ArchitectureParameters parameters;
  private final SpaceLatency latency;
  private final List<Limit> others;
  private final LatencyLoss loss;
  private final Adam adam;

  /**
   * @param loss what the expected latency adds
   * @param others what else proposals keep
   */
  LearnedArchitecture(
      ArchitectureParameters parameters,
      SpaceLatency latency,
      List<Limit> others,
      LatencyLoss loss,
      Adam adam) {
    this.parameters = parameters;
    this.latency = latency;
    this.others = List.copyOf(others);
    this.loss = loss;
    this.adam = adam;
    loss.project(parameters.values());
  }

  /** With Adam as in DARTS' searches, which those of SNAS and GDAS took over. */
  static LearnedArchitecture likeDarts(
      int[] edgeSizes,
      SpaceLatency latency,
      LatencyLoss loss,
      double learningRate,
      List<Limit> others,
      RandomGenerator random) {
    return new LearnedArchitecture(
        new ArchitectureParameters(edgeSizes, random),
        latency,
        others,
        loss,
        new Adam(learningRate, DARTS_FIRST_MOMENT_DECAY, DARTS_WEIGHT_DECAY, edgeSizes));
  }

  /** a, [edge][candidate]; a step changes them in place. */
  double[][] values() {
    return parameters.values();
  }

  double[][] probabilities() {
    return parameters.probabilities();
  }

  SpaceLatency latency() {
    return latency;
  }

  LatencyLoss loss() {
    return loss;
  }

  /** One step of Adam, without what keeps the target. */
  void descend(double[][] gradient) {
    adam.descend(parameters.values(), gradient);
  }

  /** After a step: what keeps the target. */
  void keepTarget() {
    loss.project(parameters.values());
    loss.adapt(latency.expectedMillis(parameters.probabilities()));
  }

  /** The likeliest network within a latency and the other limits. */
  List<int[]> propose(double mostMillis) {
    return List.of(parameters.kept(latency, mostMillis, others).likeliest());
  }

  /** The likeliest in a band of latency, by these latencies. */
  Optional<int[]> choose(SpaceLatency latency, double leastMillis, double mostMillis) {
    return parameters.likeliest(latency, leastMillis, mostMillis, others);
  }

  /** The same and others near it. */
  List<int[]> finalists(double mostMillis, int most, RandomGenerator random) {
    return parameters.kept(latency, mostMillis, others).likely(most, random);
  }

  /** What {@link #restore} needs; may be added to. */
  Map<String, double[]> state() {
    Map<String, double[]> state = new HashMap<>(adam.state());
    state.put(ALPHAS, Ragged.flat(parameters.values()));
    state.put(LOSS, loss.state());
    return state;
  }

  void restore(Map<String, double[]> state) {
    adam.restore(state);
    Ragged.fill(parameters.values(), state.get(ALPHAS));
    loss.restore(state.get(LOSS));
  }
}
