package org.proxyless.search.train;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.WeightTrainer;
import org.proxyless.search.supernet.MixtureSupernet;
import org.proxyless.search.supernet.Supernet;

/**
 * Scores paths of a supernet with the statistics of each batch, over all whole batches.
 *
 * @param supernet stays the caller's
 * @param score of all images together; empty for the mean accuracy of the batches
 */
public record QuickScoring(Supernet supernet, Optional<ToDoubleFunction<Evaluation>> score) {
  /**
   * Scores a path.
   *
   * @param images a whole batch at least; what is left over is not used
   */
  public PathScore score(int[] path, BatchStream images) {
    return score.isEmpty() ? accuracy(path, images) : other(path, images, score.get());
  }

  private PathScore accuracy(int[] path, BatchStream images) {
    double loss = 0;
    double accuracy = 0;
    int batches = 0;
    while (images.hasNext()) {
      Batch batch = images.next();
      if (batch.size() == supernet.batchSize()) {
        PathScore batchScore = supernet.score(path, batch);
        loss += batchScore.loss();
        accuracy += batchScore.accuracy();
        batches++;
      }
    }
    return new PathScore(loss / batches, accuracy / batches);
  }

  private PathScore other(int[] path, BatchStream images, ToDoubleFunction<Evaluation> wanted) {
    ScoreTally tally = new ScoreTally(supernet.classes(), wanted);
    ScoredBatches batches = new ScoredBatches(supernet, wanted);
    while (images.hasNext()) {
      Batch batch = images.next();
      if (batch.size() == supernet.batchSize()) {
        batches.add(tally, path, batch);
      }
    }
    return tally.score();
  }

  /** The supernet as strategies see it; those that mix know nothing but losses and gradients. */
  WeightTrainer trainer() {
    return score.isEmpty() || supernet instanceof MixtureSupernet
        ? supernet
        : new ScoredBatches(supernet, score.get());
  }
}
