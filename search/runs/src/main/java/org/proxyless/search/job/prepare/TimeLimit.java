package org.proxyless.search.job.prepare;

import java.util.Locale;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.State;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;

/**
 * Fits the phases of a run into a time: divides what measuring leaves among warm-up, search and
 * fine-tuning before training, and looks again during the search and before each part of the
 * fine-tuning. Where steps take longer than estimated, the search ends earlier, so that fine-tuning
 * keeps its time.
 */
public final class TimeLimit {
  /** The part of the time that is planned with; steps never take quite as long as estimated. */
  private static final double PLANNED_PART = 0.9;

  /** The part that is used once the search is over and less is uncertain. */
  private static final double USED_PART = 0.95;

  /** Of an epoch: with less of any phase, a search would be for nothing. */
  private static final double LEAST_EPOCHS = 0.05;

  /** A search is shortened by this part of its steps at least, or left as it is. */
  private static final double WORTH_SHORTENING = 0.03;

  /** Of the time, what fine-tuning is kept whatever the proof of a latency takes. */
  private static final double KEPT_FOR_FINE_TUNING = 0.3;

  private static final int ROUNDS = 3;
  private static final String STATE = "time-limit";
  private static final String PLAN = "time-limit.plan";

  private final LongSupplier nanoTime;
  private final long startNanos;
  private final double secondsBefore;
  private final long limitSeconds;
  private Plan plan = Plan.NONE;
  private double slowness = 1;
  private double windowSeconds = Double.NaN;
  private long windowStep;

  /**
   * What was estimated, in seconds.
   *
   * @param searchStep a step of the search, with all that it entails now and then
   * @param deriving what lies between search and fine-tuning
   * @param fineTuneStep a step of fine-tuning one network, with the looks at validation images
   * @param fineTune all fine-tuning
   * @param closing what follows
   */
  private record Plan(
      double searchStep, double deriving, double fineTuneStep, double fineTune, double closing) {
    static final Plan NONE = new Plan(0, 0, 0, 0, 0);
  }

  private TimeLimit(long limitSeconds, double secondsBefore, LongSupplier nanoTime) {
    this.limitSeconds = limitSeconds;
    this.secondsBefore = secondsBefore;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  public static TimeLimit startingNow(long limitSeconds) {
    return startingNow(limitSeconds, System::nanoTime);
  }

  /**
   * One that starts now by another clock.
   *
   * @param nanoTime like {@link System#nanoTime}
   */
  public static TimeLimit startingNow(long limitSeconds, LongSupplier nanoTime) {
    return new TimeLimit(limitSeconds, 0, nanoTime);
  }

  /** Goes on with one that was saved: the time while the run was not running does not count. */
  static TimeLimit resumed(long limitSeconds, State saved) {
    return resumed(limitSeconds, saved, System::nanoTime);
  }

  /** The same by another clock. */
  static TimeLimit resumed(long limitSeconds, State saved, LongSupplier nanoTime) {
    double[] values = saved.numbers(STATE);
    TimeLimit limit = new TimeLimit(limitSeconds, values[0], nanoTime);
    double[] more = saved.numbersBelow(PLAN).getOrDefault("", new double[4]); // of a run before
    limit.plan = new Plan(more[0], more[1], values[1], more[2], values[2]);
    limit.slowness = Math.max(1, more[3]);
    return limit;
  }

  /** Keeps what was spent and estimated so far. */
  public void save(State state) {
    state.put(STATE, elapsedSeconds(), plan.fineTuneStep, plan.closing);
    state.put(PLAN, plan.searchStep, plan.deriving, plan.fineTune, slowness);
  }

  private double elapsedSeconds() {
    return secondsBefore + (nanoTime.getAsLong() - startNanos) / 1e9;
  }

  /**
   * Divides the time that is left; the settings say how many steps a phase has at most.
   *
   * @throws InvalidInputException if the least search does not fit
   */
  public RunSteps plan(
      SearchSettings settings, SearchInput input, Batches batches, Progress progress) {
    StepTimes times = StepTimes.measure(input, settings, batches, progress);
    RunSteps steps = plan(times, StepTimes.Work.of(input, settings, batches), settings, batches);
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

  /** The same with times that were measured. */
  public RunSteps plan(
      StepTimes times, StepTimes.Work work, SearchSettings settings, Batches batches) {
    double left = PLANNED_PART * limitSeconds - elapsedSeconds();
    RunSteps most = RunSteps.of(settings, batches);
    RunSteps least = least(most, settings, batches);
    requireFit(times.totalSeconds(least, work), left);
    RunSteps steps = most;
    for (int round = 0; round < ROUNDS; round++) { // how many compete depends on the steps
      double others = times.totalSeconds(steps, work) - times.trainingSeconds(steps, work).total();
      TimeDivision division = TimeDivision.of(left - others, times.trainingSeconds(most, work));
      steps = steps(division, times, work, least, most, settings, batches);
    }
    note(times, work, steps);
    return steps;
  }

  private static RunSteps least(RunSteps most, SearchSettings settings, Batches batches) {
    long least = Math.max(1, Math.round(LEAST_EPOCHS * batches.stepsAnEpoch()));
    return RunSteps.of(
        Math.min(least, most.schedule().warmupSteps()),
        Math.min(least, most.schedule().searchSteps()),
        Math.min(least, most.fineTuneSteps()),
        settings,
        batches);
  }

  private void requireFit(double leastSeconds, double left) {
    if (leastSeconds > left) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "--time-limit is %d s; %.0f s went into preparing, and the shortest search of these"
                  + " settings takes about %.0f s more. Allow at least %.0f s.",
              limitSeconds,
              elapsedSeconds(),
              leastSeconds,
              Math.ceil((elapsedSeconds() + leastSeconds) / PLANNED_PART)));
    }
  }

  private static RunSteps steps(
      TimeDivision division,
      StepTimes times,
      StepTimes.Work work,
      RunSteps least,
      RunSteps most,
      SearchSettings settings,
      Batches batches) {
    long warmUp =
        most(
            least.schedule().warmupSteps(),
            most.schedule().warmupSteps(),
            n -> times.warmUpSeconds(n) <= division.warmUp());
    long search =
        most(
            least.schedule().searchSteps(),
            most.schedule().searchSteps(),
            n ->
                times.searchSeconds(RunSteps.of(warmUp, n, 0, settings, batches).schedule(), work)
                    <= division.search());
    long fineTune =
        most(
            least.fineTuneSteps(),
            most.fineTuneSteps(),
            n -> times.fineTuneSeconds(n, work) <= division.fineTune());
    return RunSteps.of(warmUp, search, fineTune, settings, batches);
  }

  /** The most steps that fit, by bisection. */
  private static long most(long least, long most, LongPredicate fits) {
    long low = least;
    long high = most;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (fits.test(middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private void note(StepTimes times, StepTimes.Work work, RunSteps steps) {
    TimeDivision training = times.trainingSeconds(steps, work);
    plan =
        new Plan(
            training.search() / Math.max(1, steps.schedule().searchSteps()),
            times.derivingSeconds(steps, work),
            training.fineTune() / Math.max(1, steps.fineTuneSteps() * work.networks()),
            training.fineTune(),
            times.closingSeconds(steps, work));
  }

  /**
   * The steps of the search for which there is time, at most those planned; to be asked again and
   * again while it goes on.
   *
   * @param done steps of it
   * @param planned in all
   */
  public long searchSteps(long done, long planned) {
    if (plan.searchStep == 0) {
      return planned; // of a run before there was such a plan
    }
    double now = elapsedSeconds();
    if (Double.isNaN(windowSeconds)) {
      windowSeconds = now;
      windowStep = done;
    } else if (done > windowStep) {
      slowness = Math.max(1, (now - windowSeconds) / (done - windowStep) / plan.searchStep);
    }
    double end =
        USED_PART * limitSeconds - plan.closing - slowness * (plan.fineTune + plan.deriving);
    long affordable = done + (long) ((end - now) / (slowness * plan.searchStep));
    long kept = Math.max(done + 1, affordable);
    return kept < (1 - WORTH_SHORTENING) * planned ? kept : planned;
  }

  /** How much longer steps take than estimated; 1 where they don't. */
  public double slowness() {
    return slowness;
  }

  /** What measuring may take once the network is exported. */
  public double secondsAtTheEnd() {
    return limitSeconds - elapsedSeconds();
  }

  /** What the proof of a latency may take, so that fine-tuning keeps its time. */
  public double secondsBeforeFineTuning() {
    return (USED_PART - KEPT_FOR_FINE_TUNING) * limitSeconds - plan.closing - elapsedSeconds();
  }

  /**
   * The steps of fine-tuning for which there is time after the search, which may be more than were
   * planned.
   *
   * @param most that may be
   * @param networks that are fine-tuned
   */
  public long fineTuneSteps(long most, int networks) {
    return affordable(most, slowness * networks * plan.fineTuneStep);
  }

  /**
   * The steps of the last phase of fine-tuning one network for which there is time.
   *
   * @param most that may be
   * @param secondsAStep as they were until now
   */
  public long lastSteps(long most, double secondsAStep) {
    return affordable(most, secondsAStep);
  }

  private long affordable(long most, double secondsAStep) {
    double left = USED_PART * limitSeconds - elapsedSeconds() - plan.closing;
    return Math.min(most, (long) Math.max(1, left / secondsAStep));
  }
}
