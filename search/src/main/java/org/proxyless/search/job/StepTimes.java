package org.proxyless.search.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.proxyless.latency.Network;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.run.EstimateSettings;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining;
import org.proxyless.search.train.RecalibratedScoring;

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
record StepTimes(
    double buildSeconds,
    double weightSeconds,
    double architectureSeconds,
    double scoreSeconds,
    double networkSeconds,
    double evaluationSeconds) {
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
  private static final double MEASURE_SECONDS = 12;

  /** Times the parts. */
  static StepTimes measure(
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
            Supernets.create(settings, input.priced().blocks(), training, random.split());
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
  Map<String, Double> estimate(RunSteps steps, SearchInput input, Batches batches) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("build", buildSeconds);
    seconds.put("warm-up", steps.schedule().warmupSteps() * weightSeconds);
    int networks = input.targets().size();
    seconds.put("search", searchSeconds(steps, networks, batches));
    if (evaluationSeconds == 0) {
      long choices = steps.schedule().choices() + steps.schedule().finalists();
      seconds.put("choose", networks * choices * candidateSeconds(batches.comparedBatches()));
    }
    seconds.put("fine-tune", networks * fineTuneSeconds(steps.fineTuneSteps()));
    seconds.put("export", networks * (EXPORT_SECONDS + batches.testBatches() * scoreSeconds));
    if (input.priced().here()) {
      seconds.put("measure", networks * MEASURE_SECONDS);
    }
    return seconds;
  }

  private double searchSeconds(RunSteps steps, int targets, Batches batches) {
    long searchSteps = steps.schedule().searchSteps();
    double candidate = candidateSeconds(batches.scoredBatches());
    if (evaluationSeconds > 0) {
      return searchSteps * (evaluationSeconds + candidate);
    }
    return searchSteps * weightSeconds
        + steps.schedule().architectureSteps() * architectureSeconds
        + steps.schedule().proposals() * targets * candidate;
  }

  private double candidateSeconds(long scoredBatches) {
    long batches = RecalibratedScoring.CALIBRATION_BATCHES + scoredBatches;
    return BUILD_NETWORK_SECONDS + batches * scoreSeconds;
  }

  /** What fine-tuning takes, the statistics included. */
  double fineTuneSeconds(long steps) {
    return steps * networkSeconds + NetworkTraining.CALIBRATION_BATCHES * scoreSeconds;
  }
}
