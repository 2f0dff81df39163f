package org.proxyless.search.strategy;

import org.proxyless.search.data.Batch;

/**
 * What a strategy may ask of a supernet. A path names the active candidate of every edge. Nothing
 * here trains weights.
 */
public interface PathEvaluator {
  /** The number of candidates of each edge. */
  int[] edgeSizes();

  /** How a path does on a batch with the shared weights. */
  PathScore score(int[] path, Batch batch);

  /**
   * The loss of a path on a batch and its gradient to the gates of the sampled candidates
   * (ProxylessNAS, equation 4).
   *
   * @param path the active candidates
   * @param sampled by edge and candidate, those to evaluate beside the active one
   */
  GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch);
}
