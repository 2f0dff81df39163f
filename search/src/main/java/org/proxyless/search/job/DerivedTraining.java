package org.proxyless.search.job;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.Network;
import org.proxyless.search.checkpoint.State;
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
 * @param checkpointing keeps the training itself
 */
record DerivedTraining(
    Supernet.Settings settings,
    Batches batches,
    Progress progress,
    StepRecorder recorder,
    Checkpointing checkpointing) {
  private static final String DONE = "training.done";

  /** Whether a state was saved in such a training. */
  static boolean isIn(State state) {
    return state.has(DONE);
  }

  /**
   * Trains for so many steps, then computes the batch-norm statistics.
   *
   * @param phaseName under which it is shown and recorded
   * @param start the weights it starts from; empty for fresh ones
   * @param steps in all
   * @param random the source of fresh weights
   * @param saved a state of this training to go on from; empty to begin
   * @param own puts what else the run needs to go on from here into a state
   */
  NetworkWeights train(
      String phaseName,
      Network network,
      Optional<NetworkWeights> start,
      long steps,
      RandomGenerator random,
      Optional<State> saved,
      Consumer<State> own) {
    long done = saved.map(state -> state.number(DONE)).orElse(0L);
    try (NetworkTraining trainer = new NetworkTraining(network, settings, random);
        BatchStream training = batches.training(Batches.Use.FINE_TUNE, done);
        BatchStream plain = batches.training(Batches.Use.CALIBRATION)) {
      start.ifPresent(trainer::inherit);
      saved.ifPresent(trainer::restore);
      if (saved.isEmpty()) {
        checkpointing.write(state -> save(state, 0, trainer, own));
      }
      try (Phase phase = progress.phase(phaseName, steps, done)) {
        recorder.show(phase);
        trainer.train(
            training,
            done,
            steps,
            NetworkTraining.INITIAL_RATE * settings.batchSize(),
            (step, rate, score) -> {
              recorder.weightStep(phaseName, step, rate, score);
              checkpointing.afterStep(state -> save(state, step + 1, trainer, own));
            });
      }
      checkpointing.write(state -> save(state, steps, trainer, own));
      return trainer.calibrated(plain);
    }
  }

  private static void save(State state, long done, NetworkTraining trainer, Consumer<State> own) {
    state.put(DONE, done);
    trainer.save(state);
    own.accept(state);
  }
}
