package org.proxyless.search.estimate;

import java.util.function.Function;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining.StepObserver;
import org.proxyless.search.train.RecalibratedScoring;

/**
 * A network is as accurate as it is with the weights of a supernet that all share (one-shot, Bender
 * et al., ICML 2018). Nothing is trained, so it is by far the cheapest.
 */
public final class SharedWeightsScoring implements AccuracyEstimator {
  private final Function<int[], Network> networks;
  private final Function<int[], NetworkWeights> shared;
  private final CandidateData data;
  private final RecalibratedScoring scoring;

  /**
   * @param networks the network of a path
   * @param shared what a path has of the shared weights
   * @param settings of the supernet's steps
   */
  public SharedWeightsScoring(
      Function<int[], Network> networks,
      Function<int[], NetworkWeights> shared,
      Supernet.Settings settings,
      CandidateData data) {
    this.networks = networks;
    this.shared = shared;
    this.data = data;
    this.scoring =
        new RecalibratedScoring(settings, data.calibration(), data.judging(), data.score());
  }

  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    Network network = networks.apply(path);
    long calibrated = (long) RecalibratedScoring.CALIBRATION_BATCHES * data.batchSize();
    return new Estimate(
        scoring.score(network, shared.apply(path)),
        Work.forward(network, calibrated + data.judgingImages()));
  }
}
