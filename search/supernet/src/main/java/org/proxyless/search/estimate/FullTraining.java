package org.proxyless.search.estimate;

import java.util.Optional;
import java.util.function.Function;
import org.proxyless.network.Network;
import org.proxyless.search.train.NetworkTraining.StepObserver;

/** A network is as accurate as a whole training from fresh weights makes it. */
public final class FullTraining implements AccuracyEstimator {
  private final Function<int[], Network> networks;
  private final CandidateTraining training;
  private final long steps;

  /**
   * @param networks the network of a path
   * @param epochs of every training
   */
  public FullTraining(
      Function<int[], Network> networks, CandidateTraining training, double epochs) {
    this.networks = networks;
    this.training = training;
    this.steps = training.steps(epochs);
  }

  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    Network network = networks.apply(path);
    return new Estimate(
        training.judge(network, training.train(network, Optional.empty(), steps, observer)),
        work(path));
  }

  /** What estimating a network takes. */
  public Work work(int[] path) {
    return training.work(networks.apply(path), steps);
  }
}
