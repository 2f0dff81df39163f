package org.proxyless.search.strategy;

import org.proxyless.search.data.Batch;

/** The weights of a supernet, trained path by path. */
public interface WeightTrainer extends PathEvaluator {
  /**
   * Trains the weights of one path on a batch; all other weights stay as they are, their momentum
   * too.
   *
   * @param learningRate of this step
   */
  PathScore trainWeights(int[] path, Batch training, double learningRate);
}
