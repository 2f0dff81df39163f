package org.proxyless.search.job.derive;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.proxyless.base.State;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.job.keeping.Checkpointing;
import org.proxyless.search.job.keeping.StepRecorder;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining;
import org.proxyless.search.train.TrainingRecipe;

/**
 * Trains the one network that a search derived.
 *
 * @param settings of the steps
 * @param recipe how the training differs from the usual one; stays the caller's to close
 * @param batches to train on
 * @param progress shows a phase
 * @param recorder keeps every step
 * @param checkpointing keeps the training itself
 */
public record DerivedTraining(
    Supernet.Settings settings,
    TrainingRecipe recipe,
    Batches batches,
    Progress progress,
    StepRecorder recorder,
    Checkpointing checkpointing) {
  private static final String DONE = "training.done";
  private static final String INHERITED = "training.inherited";

  /**
   * How many steps a training has.
   *
   * @param planned before it begins
   * @param last how many of those of the last phase are done, asked when it begins
   */
  public record Steps(long planned, LastSteps last) {
    /** As planned. */
    public static Steps of(long planned) {
      return new Steps(planned, (last, secondsAStep) -> last);
    }
  }

  /** Says how many steps the last phase has. */
  @FunctionalInterface
  interface LastSteps {
    /**
     * Says it when the phase begins.
     *
     * @param planned steps of it
     * @param secondsAStep as they were until now
     */
    long of(long planned, double secondsAStep);
  }

  /** Whether a state was saved in such a training. */
  public static boolean isIn(State state) {
    return state.has(DONE);
  }

  /**
   * Trains for so many steps, then computes the batch-norm statistics. Inherited weights are
   * fine-tuned, fresh ones trained at one falling rate.
   *
   * @param phaseName under which it is shown and recorded
   * @param start the weights it starts from; empty for fresh ones
   * @param steps how many
   * @param random the source of fresh weights
   * @param saved a state of this training to go on from; empty to begin
   * @param own puts what else the run needs to go on from here into a state
   */
  public NetworkWeights train(
      String phaseName,
      Network network,
      Optional<NetworkWeights> start,
      Steps steps,
      RandomGenerator random,
      Optional<State> saved,
      Consumer<State> own) {
    try (NetworkTraining trainer = new NetworkTraining(network, settings, recipe, random);
        BatchStream plain = batches.training(Batches.Use.CALIBRATION)) {
      start.ifPresent(trainer::inherit);
      saved.ifPresent(trainer::restore);
      if (saved.map(state -> state.has(INHERITED)).orElse(start.isPresent())) {
        fineTune(phaseName, network, trainer, steps, saved, own);
      } else {
        train(phaseName, trainer, steps.planned(), saved, own);
      }
      return trainer.calibrated(plain);
    }
  }

  private void fineTune(
      String phaseName,
      Network network,
      NetworkTraining trainer,
      Steps steps,
      Optional<State> saved,
      Consumer<State> own) {
    FineTuning tuning =
        new FineTuning(
            network,
            trainer,
            batches,
            batches.scoring(settings, batches::choosing),
            recorder,
            steps.planned(),
            done(saved),
            saved);
    Consumer<State> all =
        state -> {
          save(state.put(INHERITED, 1), tuning.done(), trainer, own);
          tuning.save(state);
        };
    if (saved.isEmpty()) {
      checkpointing.write(all);
    }
    try (Phase phase = progress.phase(phaseName, steps.planned(), tuning.done())) {
      recorder.show(phase);
      tuning.train(phaseName, fullRate(), steps.last(), () -> checkpointing.afterStep(all));
    }
    checkpointing.write(all);
  }

  private void train(
      String phaseName,
      NetworkTraining trainer,
      long steps,
      Optional<State> saved,
      Consumer<State> own) {
    long done = done(saved);
    if (saved.isEmpty()) {
      checkpointing.write(state -> save(state, 0, trainer, own));
    }
    try (Phase phase = progress.phase(phaseName, steps, done);
        BatchStream training = batches.training(Batches.Use.FINE_TUNE, done)) {
      recorder.show(phase);
      trainer.train(
          training,
          done,
          steps,
          fullRate(),
          (step, rate, score) -> {
            recorder.weightStep(phaseName, step, rate, score);
            checkpointing.afterStep(state -> save(state, step + 1, trainer, own));
          });
    }
    checkpointing.write(state -> save(state, steps, trainer, own));
  }

  private double fullRate() {
    return NetworkTraining.INITIAL_RATE * settings.batchSize();
  }

  private static long done(Optional<State> saved) {
    return saved.map(state -> state.number(DONE)).orElse(0L);
  }

  private static void save(State state, long done, NetworkTraining trainer, Consumer<State> own) {
    state.put(DONE, done);
    trainer.save(state);
    own.accept(state);
  }
}
