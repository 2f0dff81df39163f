package org.proxyless.search.estimate;

import java.util.Optional;
import java.util.function.Function;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.train.NetworkTraining.StepObserver;

/**
 * A network is as accurate as a short training from inherited weights makes it. Every child starts
 * from what its parent, a supernet, has of it, and leaves the parent as it was: the order of the
 * children means nothing.
 */
public final class Inheritance implements AccuracyEstimator {
  /** Of full training's epochs; a child has to settle in only. */
  public static final double SHARE = 0.05;

  private final Function<int[], Network> networks;
  private final Function<int[], NetworkWeights> parent;
  private final CandidateTraining training;
  private final long steps;

  /**
   * @param networks the network of a path
   * @param parent what a path has of the parent's weights
   * @param epochs of a full training, of which a child gets {@value #SHARE}
   */
  public Inheritance(
      Function<int[], Network> networks,
      Function<int[], NetworkWeights> parent,
      CandidateTraining training,
      double epochs) {
    this.networks = networks;
    this.parent = parent;
    this.training = training;
    this.steps = training.steps(SHARE * epochs);
  }

  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    Network network = networks.apply(path);
    NetworkWeights trained =
        training.train(network, Optional.of(parent.apply(path)), steps, observer);
    return new Estimate(training.judge(network, trained), training.work(network, steps));
  }
}
