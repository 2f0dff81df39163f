package org.proxyless.search.job.prepare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.proxyless.network.Network;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.EstimateSettings;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.FineTuningSchedule;
import org.proxyless.search.train.NetworkTraining;
import org.proxyless.search.train.RateTrial;
import org.proxyless.search.train.RecalibratedScoring;
import org.proxyless.search.train.SearchSchedule;
import org.proxyless.search.train.SupernetSearch;

/**
 * How long the parts of a search take here, timed on weights and a strategy that are thrown away,
 * so that the search itself is the same with and without.
 *
 * @param buildSeconds of the supernet
 * @param weightSeconds of a weight step
 * @param architectureSeconds of an architecture step; 0 for a strategy that has none
 * @param scoreSeconds of scoring one network on a batch, alone: a mixture would run all candidates
 * @param networkSeconds of a training step of one network, half-way between cheapest and dearest
 * @param evaluationSeconds of estimating a network, where that is how the search goes; else 0
 */
public record StepTimes(
    double buildSeconds,
    double weightSeconds,
    double architectureSeconds,
    double scoreSeconds,
    double networkSeconds,
    double evaluationSeconds) {
  /**
   * What the steps are made for.
   *
   * @param networks that are derived
   * @param batchSize images in a step
   * @param scoredBatches that a proposal is scored on
   * @param comparedBatches that a network in the final is scored on
   * @param testBatches that a trained network is tested on
   * @param proves whether networks are proved here
   * @param measures whether exported networks are measured here
   */
  public record Work(
      int networks,
      int batchSize,
      long scoredBatches,
      long comparedBatches,
      long testBatches,
      boolean proves,
      boolean measures) {
    public static Work of(SearchInput input, SearchSettings settings, Batches batches) {
      boolean here = input.priced().here();
      return new Work(
          input.targets().size(),
          settings.batchSize(),
          batches.scoredBatches(),
          batches.comparedBatches(),
          batches.testBatches(),
          here && settings.proof(),
          here);
    }
  }

  private static final int[] NO_CHOICE = {};
  private static final int LEAST_STEPS = 5;
  private static final double LEAST_SECONDS = 0.4;

  /** The first steps of a session allocate memory and choose kernels. */
  private static final int UNTIMED_STEPS = 2;

  /** Building the two graphs that score a network. */
  private static final double BUILD_NETWORK_SECONDS = 0.5;

  /** Building graphs, writing the file and loading it back. */
  private static final double EXPORT_SECONDS = 3;

  /** Starting a process and timing the file in it. */
  private static final double MEASURE_SECONDS = 15;

  /** A few looks at the network, each in a process, and at operators where it missed its target. */
  private static final double PROVE_SECONDS = 40;

  /** Times the parts. */
  public static StepTimes measure(
      SearchInput input, SearchSettings settings, Batches batches, Progress progress) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    Supernet.Settings training = new Supernet.Settings(settings.batchSize(), settings.threads());
    Strategy strategy =
        Strategies.together(
            Strategies.create(
                settings, input, RunSteps.of(settings, batches).schedule(), random.split()),
            input.targets());
    int[] path = strategy.propose(input.target().boundMillis()).get(0);
    long start = System.nanoTime();
    try (Phase phase = progress.phase("estimate", 0);
        Supernet supernet =
            Supernets.create(settings, input.priced().graph(), training, random.split());
        BatchStream images = batches.training(Batches.Use.TIMING)) {
      double build = (System.nanoTime() - start) / 1e9;
      phase.step(0, "a few steps on weights that are thrown away");
      double weights = seconds(() -> strategy.warmUpStep(supernet, images.next(), 0, random));
      double architecture =
          strategy.learns() ? architectureSeconds(strategy, supernet, images, weights) : 0;
      Network derived = input.priced().space().network(path);
      try (Supernet alone = Supernet.of(derived, training, random)) {
        double network = seconds(() -> alone.trainWeights(NO_CHOICE, images.next(), 0));
        return new StepTimes(
            build,
            weights,
            architecture,
            seconds(() -> alone.score(NO_CHOICE, images.next())),
            network,
            network * stepsAnEvaluation(settings, batches));
      }
    }
  }

  private static double architectureSeconds(
      Strategy strategy, Supernet supernet, BatchStream images, double weightSeconds) {
    double round =
        seconds(() -> strategy.round(supernet, images.next(), 0, Optional.of(images.next())));
    return Math.max(0, round - weightSeconds);
  }

  /** At most: a learning curve may be left early. */
  private static double stepsAnEvaluation(SearchSettings settings, Batches batches) {
    EstimateSettings estimate = settings.estimate();
    double full = (double) settings.epochs() * batches.stepsAnEpoch();
    if (settings.strategy().hasRungs()) {
      return full; // what they count as one
    }
    return estimate == null ? 0 : full * Estimators.share(estimate);
  }

  private static double seconds(Runnable step) {
    for (int i = 0; i < UNTIMED_STEPS; i++) {
      step.run();
    }
    long start = System.nanoTime();
    int steps = 0;
    double seconds;
    do {
      step.run();
      steps++;
      seconds = (System.nanoTime() - start) / 1e9;
    } while (steps < LEAST_STEPS || seconds < LEAST_SECONDS);
    return seconds / steps;
  }

  /** What each phase of these steps takes, in seconds by the phase's name. */
  public Map<String, Double> estimate(RunSteps steps, Work work) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("build", buildSeconds);
    seconds.put("warm-up", warmUpSeconds(steps.schedule().warmupSteps()));
    seconds.put("search", searchSeconds(steps.schedule(), work));
    if (evaluationSeconds == 0) {
      seconds.put("choose", chooseSeconds(steps.schedule(), work));
    }
    if (work.proves()) {
      seconds.put("prove", work.networks() * PROVE_SECONDS);
    }
    seconds.put("fine-tune", fineTuneSeconds(steps.fineTuneSteps(), work));
    seconds.put("export", work.networks() * (EXPORT_SECONDS + work.testBatches() * scoreSeconds));
    if (work.measures()) {
      seconds.put("measure", work.networks() * MEASURE_SECONDS);
    }
    return seconds;
  }

  /** What all phases of these steps take together. */
  double totalSeconds(RunSteps steps, Work work) {
    return estimate(steps, work).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** What the phases that train take. */
  TimeDivision trainingSeconds(RunSteps steps, Work work) {
    return new TimeDivision(
        warmUpSeconds(steps.schedule().warmupSteps()),
        searchSeconds(steps.schedule(), work),
        fineTuneSeconds(steps.fineTuneSteps(), work));
  }

  /** What lies between search and fine-tuning. */
  double derivingSeconds(RunSteps steps, Work work) {
    Map<String, Double> seconds = estimate(steps, work);
    return seconds.getOrDefault("choose", 0.0) + seconds.getOrDefault("prove", 0.0);
  }

  /** What follows fine-tuning. */
  double closingSeconds(RunSteps steps, Work work) {
    Map<String, Double> seconds = estimate(steps, work);
    return seconds.get("export") + seconds.getOrDefault("measure", 0.0);
  }

  /** What a warm-up takes. */
  double warmUpSeconds(long steps) {
    return steps * weightSeconds;
  }

  /** What a search takes, up to the choice. */
  double searchSeconds(SearchSchedule schedule, Work work) {
    double candidate = candidateSeconds(work.scoredBatches());
    if (evaluationSeconds > 0) {
      return schedule.searchSteps() * (evaluationSeconds + candidate);
    }
    return schedule.searchSteps() * weightSeconds
        + schedule.architectureSteps() * architectureSeconds
        + schedule.proposals() * work.networks() * candidate;
  }

  /** The race: quick scores first, two finals. */
  private double chooseSeconds(SearchSchedule schedule, Work work) {
    int entrants = (int) schedule.choices() + schedule.finalists();
    return work.networks()
        * (SupernetSearch.raceBatches(entrants, work.batchSize()) * raceSeconds()
            + SupernetSearch.FINALISTS * candidateSeconds(work.comparedBatches()));
  }

  /** Of scoring a path in the supernet: a training step goes backward as well. */
  private double raceSeconds() {
    return Math.max(scoreSeconds, weightSeconds / 2);
  }

  private double candidateSeconds(long scoredBatches) {
    long batches = RecalibratedScoring.CALIBRATION_BATCHES + scoredBatches;
    return BUILD_NETWORK_SECONDS + batches * scoreSeconds;
  }

  /** What fine-tuning all networks takes, with the looks at the validation images. */
  double fineTuneSeconds(long steps, Work work) {
    double calibration = NetworkTraining.CALIBRATION_BATCHES * scoreSeconds;
    if (steps == 0) {
      return work.networks() * calibration;
    }
    RateTrial trial = RateTrial.of(1, steps);
    long looks = 1 + trial.rates().size() + FineTuningSchedule.of(steps).looks();
    long allSteps = steps + trial.rates().size() * trial.steps();
    return work.networks()
        * (allSteps * networkSeconds
            + looks * candidateSeconds(work.comparedBatches())
            + calibration);
  }
}
