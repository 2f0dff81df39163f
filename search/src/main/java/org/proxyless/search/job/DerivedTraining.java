package org.proxyless.search.job;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.Network;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.Progress;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining;

/**
 * Trains the one network that a search derived.
 *
 * @param settings of the steps
 * @param batches to train on
 * @param progress shows a phase
 * @param recorder keeps every step
 */
record DerivedTraining(
    Supernet.Settings settings, Batches batches, Progress progress, StepRecorder recorder) {

  /**
   * Trains for so many steps, then computes the batch-norm statistics.
   *
   * @param phaseName under which it is shown and recorded
   * @param start the weights it starts from; empty for fresh ones
   * @param random the source of fresh weights
   */
  NetworkWeights train(
      String phaseName,
      Network network,
      Optional<NetworkWeights> start,
      long steps,
      RandomGenerator random) {
    try (NetworkTraining trainer = new NetworkTraining(network, settings, random);
        BatchStream training = batches.training(Batches.Use.FINE_TUNE);
        BatchStream plain = batches.training(Batches.Use.CALIBRATION)) {
      start.ifPresent(trainer::inherit);
      try (Phase phase = progress.phase(phaseName, steps)) {
        recorder.show(phase);
        trainer.train(
            training,
            steps,
            NetworkTraining.INITIAL_RATE * settings.batchSize(),
            (step, rate, score) -> recorder.weightStep(phaseName, step, rate, score));
      }
      return trainer.calibrated(plain);
    }
  }
}
