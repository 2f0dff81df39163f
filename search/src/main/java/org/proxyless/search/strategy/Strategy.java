package org.proxyless.search.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.search.data.Batch;

/**
 * A way to search: it decides which path's weights are trained, learns from architecture steps, and
 * proposes networks within the target. It sees a supernet only through {@link PathEvaluator} and
 * {@link SharedWeights}.
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
   * The networks it would choose now, one or several.
   *
   * @param mostMillis the latency that none of them exceeds by the table
   */
  List<int[]> propose(double mostMillis);

  /** Trains weights before the search: by default those of a path drawn evenly. */
  default PathScore warmUpStep(
      SharedWeights weights, Batch training, double learningRate, RandomGenerator random) {
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
      SharedWeights weights, Batch training, double learningRate, Optional<Batch> validation) {
    PathScore trained = weights.trainWeights(samplePath(), training, learningRate);
    return new Round(trained, validation.map(batch -> architectureStep(weights, batch)));
  }

  /** Whether it has architecture steps. */
  default boolean learns() {
    return true;
  }
}
