package org.proxyless.search.estimate;

import java.util.function.Function;
import java.util.function.Supplier;
import org.proxyless.latency.Network;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining.StepObserver;

/**
 * A network is as accurate as its path in a supernet, with the statistics of each batch. Cheaper
 * than {@link SharedWeightsScoring}, as no graph is built for it and nothing is calibrated.
 */
public final class SupernetScoring implements AccuracyEstimator {
  private final Supernet supernet;
  private final Function<int[], Network> networks;
  private final Supplier<BatchStream> images;

  /**
   * @param supernet in which networks are scored; stays the caller's
   * @param networks the network of a path
   * @param images the same ones each time, a whole batch at least; what is left over is not used
   */
  public SupernetScoring(
      Supernet supernet, Function<int[], Network> networks, Supplier<BatchStream> images) {
    this.supernet = supernet;
    this.networks = networks;
    this.images = images;
  }

  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    double loss = 0;
    double accuracy = 0;
    int batches = 0;
    try (BatchStream stream = images.get()) {
      while (stream.hasNext()) {
        Batch batch = stream.next();
        if (batch.size() == supernet.batchSize()) {
          PathScore score = supernet.score(path, batch);
          loss += score.loss();
          accuracy += score.accuracy();
          batches++;
        }
      }
    }
    return new Estimate(
        new PathScore(loss / batches, accuracy / batches),
        Work.forward(networks.apply(path), (long) batches * supernet.batchSize()));
  }
}
