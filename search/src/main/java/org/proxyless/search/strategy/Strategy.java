package org.proxyless.search.strategy;

import java.util.List;
import java.util.Map;
import org.proxyless.search.data.Batch;

/**
 * A way to search: it decides which path's weights are trained, learns from architecture steps, and
 * proposes networks within the target. It sees a supernet only through {@link PathEvaluator}.
 */
public interface Strategy {
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

  /**
   * Everything that it has learned so far, by name: what {@link #restore} needs to go on the same
   * way. Whoever handed its generator in keeps that one's state.
   */
  Map<String, double[]> state();

  /** Takes over the state of a strategy that was made in the same way. */
  void restore(Map<String, double[]> state);

  /** Whether it has architecture steps. */
  default boolean learns() {
    return true;
  }
}
