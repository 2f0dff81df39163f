package org.proxyless.search.estimate;

import java.util.Map;
import org.proxyless.search.train.NetworkTraining.StepObserver;

/**
 * Tells how accurate networks of a space would be after full training. Its scores are for ranking:
 * those of one estimator may be compared with one another only. What it answers depends on the
 * network, on what it was made of, and on what it was asked before; never on time. No estimator
 * changes weights that it was given.
 */
public interface AccuracyEstimator {
  /**
   * Estimates a network.
   *
   * @param path the chosen candidate of each edge
   * @param observer hears the score of every training step
   */
  Estimate estimate(int[] path, StepObserver observer);

  /**
   * Estimates a network after so much training; by default there is one rung.
   *
   * @param rung from 0, the least training
   */
  default Estimate estimate(int[] path, int rung, StepObserver observer) {
    return estimate(path, observer);
  }

  /** What training up to a rung counts for, in evaluations. */
  default double share(int rung) {
    return 1;
  }

  /** What it remembers of earlier questions, by name; nothing unless it says so. */
  default Map<String, double[]> state() {
    return Map.of();
  }

  /** Takes over the memory of an estimator that was made in the same way. */
  default void restore(Map<String, double[]> state) {
    if (!state.isEmpty()) {
      throw new IllegalArgumentException(this + " remembers no " + state.keySet());
    }
  }
}
