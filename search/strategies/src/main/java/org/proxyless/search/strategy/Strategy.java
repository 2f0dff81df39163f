package org.proxyless.search.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;

/**
 * A way to search: it decides which path's weights are trained, learns from architecture steps, and
 * proposes networks within the target. It sees a supernet only through {@link PathEvaluator} and
 * {@link WeightTrainer}.
 */
public interface Strategy {
  /**
   * How a round went.
   *
   * @param weights of the batch that the weights learnt from
   * @param architecture of the batch that the architecture learnt from, if it did
   */
  record Round(PathScore weights, Optional<PathScore> architecture) {}

  /** Draws the path whose weights are trained next. */
  int[] samplePath();

  /**
   * Learns from a batch of validation data; only for a strategy that {@link #learns}.
   *
   * @return the mean score of the paths evaluated
   */
  PathScore architectureStep(PathEvaluator evaluator, Batch validation);

  /** What the strategy believes: the probability of every candidate, [edge][candidate]. */
  double[][] probabilities();

  /**
   * The network it would choose now; of several targets one for each.
   *
   * @param mostMillis the latency that none of them exceeds by the table
   */
  List<int[]> propose(double mostMillis);

  /**
   * The network that it would choose in a band of latency, by other latencies than those it was
   * made with, as a proof learns them; of several targets the first one's.
   *
   * @param latency of the same space
   * @param leastMillis what its latency is at least
   * @param mostMillis what it is at most, its uncertainty kept free
   * @return empty if the band holds none
   */
  Optional<int[]> choose(SpaceLatency latency, double leastMillis, double mostMillis);

  /**
   * The networks among which it would have scores decide when the search ends.
   *
   * @param mostMillis the latency that none of them exceeds by the table
   * @param most networks, for each of several targets
   * @param random draws them
   */
  List<int[]> finalists(double mostMillis, int most, RandomGenerator random);

  /**
   * Everything that it has learned so far, by name: what {@link #restore} needs to go on the same
   * way. Whoever handed its generator in keeps that one's state.
   */
  Map<String, double[]> state();

  /** Takes over the state of a strategy that was made in the same way. */
  void restore(Map<String, double[]> state);

  /** Trains weights before the search: by default those of a path drawn evenly. */
  default PathScore warmUpStep(
      WeightTrainer weights, Batch training, double learningRate, RandomGenerator random) {
    int[] path = Arrays.stream(weights.edgeSizes()).map(random::nextInt).toArray();
    return weights.trainWeights(path, training, learningRate);
  }

  /**
   * One weight step and, where there is validation data, one architecture step: by default the
   * weights of {@link #samplePath} first, then {@link #architectureStep}.
   *
   * @param learningRate of the weights
   * @param validation given only to a strategy that {@link #learns}
   */
  default Round round(
      WeightTrainer weights, Batch training, double learningRate, Optional<Batch> validation) {
    PathScore trained = weights.trainWeights(samplePath(), training, learningRate);
    return new Round(trained, validation.map(batch -> architectureStep(weights, batch)));
  }

  /** Whether it has architecture steps. */
  default boolean learns() {
    return true;
  }
}
