package org.proxyless.search.estimate;

import java.util.function.Function;
import java.util.function.Supplier;
import org.proxyless.network.Network;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.train.NetworkTraining.StepObserver;
import org.proxyless.search.train.QuickScoring;

/**
 * A network is as accurate as its path in a supernet, with the statistics of each batch. Cheaper
 * than {@link SharedWeightsScoring}, as no graph is built for it and nothing is calibrated.
 */
public final class SupernetScoring implements AccuracyEstimator {
  private final QuickScoring scoring;
  private final Function<int[], Network> networks;
  private final Supplier<BatchStream> images;

  /**
   * @param scoring of paths of the supernet
   * @param networks the network of a path
   * @param images the same ones each time, a whole batch at least; what is left over is not used
   */
  public SupernetScoring(
      QuickScoring scoring, Function<int[], Network> networks, Supplier<BatchStream> images) {
    this.scoring = scoring;
    this.networks = networks;
    this.images = images;
  }

  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    try (BatchStream stream = images.get()) {
      PathScore score = scoring.score(path, stream);
      return new Estimate(
          score,
          Work.forward(networks.apply(path), stream.drawn() * scoring.supernet().batchSize()));
    }
  }
}
