package org.proxyless.search.job.derive;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.proxyless.base.State;
import org.proxyless.network.Network;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.job.keeping.StepRecorder;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.supernet.DivergedException;
import org.proxyless.search.train.FineTuningSchedule;
import org.proxyless.search.train.NetworkTraining;
import org.proxyless.search.train.RateTrial;
import org.proxyless.search.train.RecalibratedScoring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network on from the weights that it inherited. The validation images decide at which
 * rate it starts, and which of the weights on the way are the best, those it began with among them.
 * Where the training made it better, a last phase on all images but those of the test follows; else
 * one on the training images, after which the best weights count again.
 */
final class FineTuning {
  private static final Logger LOG = LoggerFactory.getLogger(FineTuning.class);
  private static final String RATE = "training.rate";
  private static final String BEGUN = "training.begun";
  private static final String BEST = "training.best";
  private static final String BEST_WEIGHTS = "training.best.";
  private static final String LAST_STEPS = "training.last-steps";
  private static final String JUDGED = "training.judged";

  /** Follows the phase's name where the validation images are looked at. */
  private static final String VALIDATION = "-validation";

  /** Where the last phase starts, of the rate that was found, after a first one without gain. */
  private static final double CAUTIOUS_SHARE = 0.5;

  private final Network network;
  private final NetworkTraining trainer;
  private final Batches batches;
  private final RecalibratedScoring scoring;
  private final StepRecorder recorder;
  private FineTuningSchedule schedule;
  private long done;
  private double rate = Double.NaN; // until it was tried out
  private boolean judged; // whether the validation images judge to the end
  private PathScore begun;
  private PathScore best;
  private Map<String, float[]> bestWeights; // while there is something to decide

  /**
   * @param trainer with the weights it inherited, or those of the state
   * @param saved of a fine-tuning to go on with
   */
  FineTuning(
      Network network,
      NetworkTraining trainer,
      Batches batches,
      RecalibratedScoring scoring,
      StepRecorder recorder,
      long steps,
      long done,
      Optional<State> saved) {
    this.network = network;
    this.trainer = trainer;
    this.batches = batches;
    this.scoring = scoring;
    this.recorder = recorder;
    this.done = done;
    this.schedule = FineTuningSchedule.of(steps);
    saved.filter(FineTuning::isIn).ifPresent(this::restore);
  }

  /** Whether a state was saved in a fine-tuning whose rate is known. */
  static boolean isIn(State state) {
    return state.has(LAST_STEPS);
  }

  private void restore(State state) {
    schedule = schedule.withLastSteps(state.number(LAST_STEPS));
    judged = state.number(JUDGED) == 1;
    rate = state.numbers(RATE)[0];
    begun = score(state.numbers(BEGUN));
    best = score(state.numbers(BEST));
    bestWeights = state.tensorsBelow(BEST_WEIGHTS);
  }

  private static PathScore score(double[] values) {
    return new PathScore(values[0], values[1]);
  }

  /** Keeps what it knows beside the trainer's own state, once the rate is known. */
  void save(State state) {
    if (best != null) {
      state.put(LAST_STEPS, schedule.lastSteps()).put(JUDGED, judged ? 1 : 0).put(RATE, rate);
      state.put(BEGUN, begun.loss(), begun.accuracy()).put(BEST, best.loss(), best.accuracy());
      if (bestWeights != null) {
        state.putTensors(BEST_WEIGHTS, bestWeights);
      }
    }
  }

  /** Steps that are done. */
  long done() {
    return done;
  }

  /** Whether the validation images have decided. */
  private boolean isDecided() {
    return done >= schedule.decidedSteps();
  }

  /**
   * Trains to the end.
   *
   * @param fullRate of fresh weights
   * @param phaseName under which steps are recorded
   * @param lastSteps how many of the steps planned for the last phase are done after all
   * @param afterStep runs when all of a step is done, so that the training can be saved
   */
  void train(
      String phaseName, double fullRate, DerivedTraining.LastSteps lastSteps, Runnable afterStep) {
    if (schedule.steps() == 0) {
      return;
    }
    if (best == null) {
      begin(phaseName, fullRate);
    }
    long startStep = done;
    long startNanos = System.nanoTime();
    try (BatchStream images = batches.training(Batches.Use.FINE_TUNE, done)) {
      while (!isDecided()) {
        step(phaseName, images, schedule.decidedSteps(), done, rate);
        look(phaseName);
        if (isDecided()) {
          double seconds = (System.nanoTime() - startNanos) / 1e9;
          decide(lastSteps, seconds / (done - startStep));
        }
        afterStep.run();
      }
    }
    long before = schedule.decidedSteps();
    double lastRate = judged ? CAUTIOUS_SHARE * rate : rate;
    try (BatchStream images =
        judged
            ? batches.training(Batches.Use.FINE_TUNE, done)
            : batches.trainingAndValidation(done - before)) {
      while (done < schedule.steps()) {
        step(phaseName, images, schedule.lastSteps(), done - before, lastRate);
        if (judged) {
          look(phaseName);
          if (done == schedule.steps()) {
            restoreBest();
          }
        }
        afterStep.run();
      }
    }
  }

  private void step(String phaseName, BatchStream images, long of, long step, double initialRate) {
    long number = done;
    trainer.step(
        images,
        step,
        of,
        initialRate,
        (ignored, stepRate, score) -> recorder.weightStep(phaseName, number, stepRate, score));
    done++;
  }

  private void begin(String phaseName, double fullRate) {
    Map<String, float[]> inherited = trainer.state();
    begun = scoring.score(network, trainer);
    recorder.scored(phaseName + VALIDATION, 0, begun, null, null);
    RateTrial trial = RateTrial.of(fullRate, schedule.steps());
    rate = trial.best(begun, tried -> tried(inherited, tried, trial.steps()));
    trainer.restore(inherited);
    best = begun;
    bestWeights = inherited;
  }

  private PathScore tried(Map<String, float[]> inherited, double triedRate, long steps) {
    trainer.restore(inherited);
    try (BatchStream images = batches.training(Batches.Use.RATE_TRIAL)) {
      for (long step = 0; step < steps; step++) {
        trainer.step(images, step, triedRate, (number, stepRate, seen) -> {});
      }
    } catch (DivergedException e) {
      LOG.info("rate {}: {}", triedRate, e.getMessage());
      return new PathScore(Double.POSITIVE_INFINITY, 0);
    }
    PathScore score = scoring.score(network, trainer);
    LOG.info("{} steps at rate {}: {}", steps, triedRate, score);
    return score;
  }

  private void look(String phaseName) {
    if (!schedule.looksAfter(done)) {
      return;
    }
    PathScore score = scoring.score(network, trainer);
    recorder.scored(phaseName + VALIDATION, done, score, null, null);
    if (isBetter(score, best)) {
      best = score;
      bestWeights = trainer.state();
    }
    recorder.remark(String.format(Locale.ROOT, ", validation %.1f %%", 100 * score.accuracy()));
  }

  private static boolean isBetter(PathScore score, PathScore than) {
    return score.accuracy() > than.accuracy()
        || score.accuracy() == than.accuracy() && score.loss() < than.loss();
  }

  /**
   * What is best goes on. Where that is what it began with, the validation images go on judging,
   * too: nothing is trained without a judge at rates that have shown no gain.
   */
  private void decide(DerivedTraining.LastSteps lastSteps, double secondsAStep) {
    judged = !isBetter(best, begun);
    schedule = schedule.withLastSteps(lastSteps.of(schedule.lastSteps(), secondsAStep));
    restoreBest();
    LOG.info(
        "started at rate {}, validation {} at first and {} at best; {} steps on {} images follow",
        rate,
        begun,
        best,
        schedule.lastSteps(),
        judged ? "the training" : "all");
  }

  private void restoreBest() {
    trainer.restore(bestWeights);
    if (!judged || done == schedule.steps()) {
      bestWeights = null;
    }
  }
}
