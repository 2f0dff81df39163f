package org.proxyless.search.train;

import java.util.function.ToDoubleFunction;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.WeightTrainer;
import org.proxyless.search.supernet.Supernet;

/** A supernet whose paths are scored by something else than their accuracy. */
record ScoredBatches(Supernet supernet, ToDoubleFunction<Evaluation> score)
    implements WeightTrainer {
  @Override
  public int[] edgeSizes() {
    return supernet.edgeSizes();
  }

  @Override
  public PathScore score(int[] path, Batch batch) {
    ScoreTally tally = new ScoreTally(supernet.classes(), score);
    add(tally, path, batch);
    return tally.score();
  }

  /** Adds how a path classifies a batch. */
  void add(ScoreTally tally, int[] path, Batch batch) {
    Supernet.Classified classified = supernet.classify(path, batch);
    tally.add(classified.loss(), batch.labels(), classified.predicted());
  }

  @Override
  public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
    return supernet.gateGradients(path, sampled, batch);
  }

  @Override
  public PathScore trainWeights(int[] path, Batch training, double learningRate) {
    return supernet.trainWeights(path, training, learningRate);
  }
}
