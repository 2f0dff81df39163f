package org.proxyless.search.train;

import org.proxyless.search.strategy.PathScore;

/** Hears how a search goes. */
public interface SearchObserver {
  /** The part of a search that a step belongs to. */
  enum Stage {
    WARMUP,
    SEARCH
  }

  /** A weight step is done. */
  void weightStep(Stage stage, long step, double learningRate, PathScore score);

  /**
   * An architecture step is done.
   *
   * @param step the weight step of its round
   * @param probabilities of every candidate after it
   */
  void architectureStep(long step, PathScore score, double[][] probabilities);

  /** A network was proposed and scored on the validation data with the shared weights. */
  void proposal(long step, int[] path, PathScore score);
}
