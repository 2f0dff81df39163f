package org.proxyless.search.estimate;

import java.util.Optional;
import java.util.function.Supplier;
import org.proxyless.base.SavedRandom;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining;
import org.proxyless.search.train.NetworkTraining.StepObserver;
import org.proxyless.search.train.RecalibratedScoring;

/**
 * Trains candidates, all in the same way: for a seed each sees the same batches in the same order
 * at the same rates. Each trains weights of its own, and batch-norm statistics are averaged over
 * training batches at the end.
 */
public final class CandidateTraining {
  private final Supernet.Settings settings;
  private final CandidateData data;
  private final long seed;

  /** Watches a training on its way. */
  @FunctionalInterface
  public interface Watch {
    /**
     * Asked after every step but the last.
     *
     * @param done steps
     * @param score of the network as it is now on the judging images, with the statistics of their
     *     own batches; asking takes time and changes nothing
     * @return whether to go on
     */
    boolean goesOn(long done, Supplier<PathScore> score);
  }

  /**
   * @param settings of the steps; of the data's batch size
   * @param seed of fresh weights
   */
  public CandidateTraining(Supernet.Settings settings, CandidateData data, long seed) {
    this.settings = settings;
    this.data = data;
    this.seed = seed;
  }

  /** What the candidates are trained on. */
  public CandidateData data() {
    return data;
  }

  /** Steps of so many epochs, at least one. */
  public long steps(double epochs) {
    return Math.max(1, Math.round(epochs * data.stepsAnEpoch()));
  }

  /**
   * Trains to the end.
   *
   * @param start the weights that the network starts from, which stay as they are; empty for fresh
   * @param steps in all; the learning rate falls along a cosine to 0
   * @param observer hears the score of every step
   * @return the weights, with batch-norm statistics
   */
  public NetworkWeights train(
      Network network, Optional<NetworkWeights> start, long steps, StepObserver observer) {
    return train(network, start, steps, (done, score) -> true, observer).orElseThrow();
  }

  /**
   * The same, unless the watch stops it.
   *
   * @return empty if it did
   */
  public Optional<NetworkWeights> train(
      Network network,
      Optional<NetworkWeights> start,
      long steps,
      Watch watch,
      StepObserver observer) {
    try (NetworkTraining trainer = new NetworkTraining(network, settings, SavedRandom.of(seed, 0));
        BatchStream training = data.training().get()) {
      start.ifPresent(trainer::inherit);
      double rate = NetworkTraining.INITIAL_RATE * data.batchSize();
      for (long done = 0; done < steps; done++) {
        if (done > 0 && !watch.goesOn(done, () -> score(trainer))) {
          return Optional.empty();
        }
        trainer.step(training, done, steps, rate, observer);
      }
      try (BatchStream plain = data.calibration().get()) {
        return Optional.of(trainer.calibrated(plain));
      }
    }
  }

  private PathScore score(NetworkTraining trainer) {
    try (BatchStream images = data.judging().get()) {
      return trainer.score(images);
    }
  }

  /** How a trained network does on the judging images, in the form that is deployed. */
  public PathScore judge(Network network, NetworkWeights trained) {
    return new RecalibratedScoring(settings, data.calibration(), data.judging(), data.score())
        .scoreAsIs(network, trained);
  }

  /** What it takes to train and judge a network. */
  public Work work(Network network, long steps) {
    long calibrated = (long) NetworkTraining.CALIBRATION_BATCHES * data.batchSize();
    return Work.training(network, steps, data.batchSize())
        .plus(Work.forward(network, calibrated + data.judgingImages()));
  }
}
