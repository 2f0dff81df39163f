package org.proxyless.search.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.ProcessMemory;
import org.proxyless.base.State;
import org.proxyless.benchmarks.process.QuietWait;
import org.proxyless.latency.LatencyTables;
import org.proxyless.search.job.derive.InitialWeights;
import org.proxyless.search.job.derive.PastWeights;
import org.proxyless.search.job.derive.RunScope;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.job.prepare.Planned;
import org.proxyless.search.job.prepare.RunSteps;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.job.prepare.SearchPlan;
import org.proxyless.search.job.prepare.StepTimes;
import org.proxyless.search.job.prepare.TimeLimit;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;

/**
 * The main job: name a device and a latency, get a trained network that meets it there. Prices the
 * space, searches it, trains the network that was found, exports it, and measures the file.
 */
public final class SearchJob {
  /** The file in a run's directory that its prices are kept in. */
  public static final String TABLE = RunDirectory.TABLE;

  private final SearchSettings settings;
  private final Progress progress;
  private final RunControl control;

  /** With checkpoints as {@link RunControl#standard} has them. */
  public SearchJob(SearchSettings settings, Progress progress) {
    this(settings, progress, RunControl.standard());
  }

  /**
   * @param settings what to search and how
   * @param progress where to show how far it is
   * @param control how the run is kept and stopped
   */
  public SearchJob(SearchSettings settings, Progress progress, RunControl control) {
    this.settings = settings;
    this.progress = progress;
    this.control = control;
  }

  /**
   * Runs the job of one target.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit
   * @throws RunStoppedException if it was asked to stop; {@link #resume} goes on
   */
  public SearchResult run() {
    requireOne(settings.targetsMillis() == null ? 1 : settings.targetsMillis().size());
    return runAll().get(0);
  }

  private static void requireOne(int targets) {
    if (targets != 1) {
      throw new IllegalStateException(
          targets + " targets have as many results: ask for all of them");
    }
  }

  /**
   * Runs the job and gives the result of each target, the least first. One supernet is trained for
   * all of them.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit
   * @throws RunStoppedException if it was asked to stop; {@link #resume} goes on
   */
  public List<SearchResult> runAll() {
    Optional<TimeLimit> limit = limit(settings);
    RunDirectory.requireFree(settings.out());
    PastWeights.require(settings);
    InitialWeights.require(settings.initialWeights());
    try (SearchInput input = SearchInput.open(settings, progress)) {
      PastWeights.requireSameData(settings, input.dataset());
      Planned planned = Planned.anew(input, settings, limit, progress);
      SearchSettings inForce = settings.withTargetMillis(input.target().millis());
      try (RunDirectory directory = RunDirectory.create(inForce, LocalDateTime.now())) {
        return complete(directory, input, inForce, planned, Optional.empty(), control, progress);
      }
    }
  }

  /**
   * Goes on with a run of one target that was cut short, from its last checkpoint; with one that
   * was cut short before its first, from the start.
   *
   * @param run its directory
   * @return what it ends with; empty if it had finished
   * @throws InvalidInputException if it is no run of a search, is in use, or its settings, table or
   *     data are not what they were
   * @throws RunStoppedException if it was asked to stop; this method goes on
   */
  public static Optional<SearchResult> resume(Path run, Progress progress, RunControl control) {
    return resumeAll(run, progress, control)
        .map(
            results -> {
              requireOne(results.size());
              return results.get(0);
            });
  }

  /**
   * Goes on with a run of any number of targets that was cut short, from its last checkpoint; with
   * one that was cut short before its first, from the start.
   *
   * @param run its directory
   * @return what it ends with, for each target; empty if it had finished
   * @throws InvalidInputException if it is no run of a search, is in use, or its settings, table or
   *     data are not what they were
   * @throws RunStoppedException if it was asked to stop; this method goes on
   */
  public static Optional<List<SearchResult>> resumeAll(
      Path run, Progress progress, RunControl control) {
    try (RunDirectory directory = RunDirectory.resume(run)) {
      if (directory.isFinished()) {
        return Optional.empty();
      }
      if (directory.training().isPresent()) {
        throw new InvalidInputException(
            run + " is a run of 'train'. Go on with 'train --resume " + run + "'.");
      }
      SearchSettings inForce = directory.settings();
      Optional<TimeLimit> limit = limit(inForce);
      Optional<State> saved = directory.checkpoints().newest(progress::note);
      SearchSettings prices = saved.isEmpty() ? inForce : inForce.withTable(directory.file(TABLE));
      try (SearchInput input = SearchInput.open(prices, progress)) {
        saved.ifPresent(state -> input.identity(inForce).requireOf(state, run.toString()));
        Planned planned =
            saved
                .map(state -> Planned.saved(input, inForce, state))
                .orElseGet(() -> Planned.anew(input, inForce, limit, progress));
        return Optional.of(complete(directory, input, inForce, planned, saved, control, progress));
      }
    }
  }

  private static Optional<TimeLimit> limit(SearchSettings settings) {
    Optional<Long> seconds = Optional.ofNullable(settings.timeLimitSeconds());
    seconds.map(limit -> Duration.ofSeconds(limit / 10)).ifPresent(QuietWait::hurry);
    return seconds.map(TimeLimit::startingNow);
  }

  private static List<SearchResult> complete(
      RunDirectory directory,
      SearchInput input,
      SearchSettings inForce,
      Planned planned,
      Optional<State> saved,
      RunControl control,
      Progress progress) {
    return directory.recorded(
        () ->
            control.watch(
                "search --resume " + directory.path(),
                () -> {
                  LatencyTables.write(input.priced().table(), directory.file(TABLE));
                  return new SearchRun(
                          new RunScope(directory, input, inForce, planned, saved, progress),
                          control)
                      .complete();
                }));
  }

  /**
   * Says what {@link #run} would do and estimates what it would cost, from a few steps on weights
   * that are thrown away. Measures a table if there is none, trains nothing, makes no run
   * directory.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit
   */
  public SearchPlan plan() {
    Optional<TimeLimit> limit = limit(settings);
    RunDirectory.requireFree(settings.out());
    try (SearchInput input = SearchInput.open(settings, progress)) {
      Batches batches = new Batches(input.dataset(), settings);
      StepTimes times = StepTimes.measure(input, settings, batches, progress);
      StepTimes.Work work = StepTimes.Work.of(input, settings, batches);
      RunSteps steps =
          limit
              .map(time -> time.plan(times, work, settings, batches))
              .orElseGet(() -> RunSteps.of(settings, batches));
      return new SearchPlan(
          input.priced(),
          input.target(),
          steps.schedule(),
          steps.fineTuneSteps(),
          times.estimate(steps, work),
          ProcessMemory.peakMebibytes());
    }
  }
}
