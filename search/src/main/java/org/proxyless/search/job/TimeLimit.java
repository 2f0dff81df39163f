package org.proxyless.search.job;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.search.checkpoint.State;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.SearchSettings;

/**
 * Shortens the phases of a run so that it ends in time: all by the same share before training, and
 * the fine-tuning once more when the search took longer than estimated.
 */
final class TimeLimit {
  /** The part of the time that is planned with; steps never take quite as long as estimated. */
  private static final double PLANNED_PART = 0.9;

  /** Below this share of the steps that were asked for, a search would be for nothing. */
  private static final double LEAST_SHARE = 0.01;

  private static final int HALVINGS = 20;

  private static final String STATE = "time-limit";

  private final long startNanos = System.nanoTime();
  private final double secondsBefore;
  private final long limitSeconds;
  private double networkSeconds;
  private double afterFineTuningSeconds;

  private TimeLimit(long limitSeconds, double secondsBefore) {
    this.limitSeconds = limitSeconds;
    this.secondsBefore = secondsBefore;
  }

  static TimeLimit startingNow(long limitSeconds) {
    return new TimeLimit(limitSeconds, 0);
  }

  /** Goes on with one that was saved: the time while the run was not running does not count. */
  static TimeLimit resumed(long limitSeconds, State saved) {
    double[] values = saved.numbers(STATE);
    TimeLimit limit = new TimeLimit(limitSeconds, values[0]);
    limit.networkSeconds = values[1];
    limit.afterFineTuningSeconds = values[2];
    return limit;
  }

  /** Keeps what was spent and estimated so far. */
  void save(State state) {
    state.put(STATE, elapsedSeconds(), networkSeconds, afterFineTuningSeconds);
  }

  private double elapsedSeconds() {
    return secondsBefore + (System.nanoTime() - startNanos) / 1e9;
  }

  /**
   * The most steps, at most those of the settings, that fit into the time that is left.
   *
   * @throws InvalidInputException if the least search does not fit
   */
  RunSteps shorten(SearchSettings settings, SearchInput input, Batches batches, Progress progress) {
    StepTimes times = StepTimes.measure(input, settings, batches, progress);
    double left = PLANNED_PART * limitSeconds - elapsedSeconds();
    double least = seconds(times, LEAST_SHARE, settings, input, batches);
    if (least > left) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "--time-limit is %d s; %.0f s went into preparing, and the shortest search of these"
                  + " settings takes about %.0f s more. Allow at least %.0f s.",
              limitSeconds,
              elapsedSeconds(),
              least,
              Math.ceil((elapsedSeconds() + least) / PLANNED_PART)));
    }
    Map<String, Double> closing = times.estimate(RunSteps.of(settings, batches), input, batches);
    networkSeconds = times.networkSeconds();
    afterFineTuningSeconds =
        times.fineTuneSeconds(0) + closing.get("export") + closing.getOrDefault("measure", 0.0);
    RunSteps steps = RunSteps.of(settings, batches, share(times, left, settings, input, batches));
    progress.note(
        String.format(
            Locale.ROOT,
            "Within %d s: %d steps of warm-up, %d of search, %d of fine-tuning.",
            limitSeconds,
            steps.schedule().warmupSteps(),
            steps.schedule().searchSteps(),
            steps.fineTuneSteps()));
    return steps;
  }

  private static double share(
      StepTimes times, double left, SearchSettings settings, SearchInput input, Batches batches) {
    if (seconds(times, 1, settings, input, batches) <= left) {
      return 1;
    }
    double low = LEAST_SHARE;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (seconds(times, middle, settings, input, batches) <= left) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double seconds(
      StepTimes times, double share, SearchSettings settings, SearchInput input, Batches batches) {
    return times.estimate(RunSteps.of(settings, batches, share), input, batches).values().stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  /** How long one may wait between measurements, which take some of what is left themselves. */
  Duration patience() {
    return Duration.ofMillis((long) Math.max(0, 1000 * (limitSeconds - elapsedSeconds()) / 2));
  }

  /**
   * The steps of fine-tuning for which there is time after the search.
   *
   * @param networks that are fine-tuned
   */
  long fineTuneSteps(RunSteps planned, int networks) {
    double left = PLANNED_PART * limitSeconds - elapsedSeconds() - afterFineTuningSeconds;
    long affordable = (long) Math.max(1, left / (networks * networkSeconds));
    return Math.min(planned.fineTuneSteps(), affordable);
  }
}
