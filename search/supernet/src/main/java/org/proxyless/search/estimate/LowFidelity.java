package org.proxyless.search.estimate;

import java.util.function.Function;
import org.proxyless.network.Network;
import org.proxyless.search.train.NetworkTraining.StepObserver;

/**
 * A network is as accurate as a cheap training makes it: one of fewer epochs, or on fewer or
 * smaller images. The learning rate falls to 0 within that training, so that none ends in the
 * middle. What is lost is whatever shows late, or in detail only.
 */
public final class LowFidelity implements AccuracyEstimator {
  private final FullTraining cheap;

  /**
   * @param networks the network of a path at the size of the smaller images
   * @param training on fewer or smaller images
   * @param epochs of every training, a part of the full one's
   */
  public LowFidelity(Function<int[], Network> networks, CandidateTraining training, double epochs) {
    cheap = new FullTraining(networks, training, epochs);
  }

  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    return cheap.estimate(path, observer);
  }
}
