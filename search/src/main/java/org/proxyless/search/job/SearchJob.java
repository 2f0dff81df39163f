package org.proxyless.search.job;

import java.time.LocalDateTime;
import java.util.Optional;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.search.run.ProcessMemory;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.SearchSettings;

/**
 * The main job: name a device and a latency, get a trained network that meets it there. Prices the
 * space, searches it, trains the network that was found, exports it, and measures the file.
 */
public final class SearchJob {
  private final SearchSettings settings;
  private final Progress progress;

  /**
   * @param settings what to search and how
   * @param progress where to show how far it is
   */
  public SearchJob(SearchSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs the job.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit
   */
  public SearchResult run() {
    Optional<TimeLimit> limit =
        Optional.ofNullable(settings.timeLimitSeconds()).map(TimeLimit::startingNow);
    RunDirectory.requireFree(settings.out());
    try (SearchInput input = SearchInput.open(settings, progress)) {
      Batches batches = new Batches(input.dataset(), settings);
      RunSteps steps =
          limit
              .map(time -> time.shorten(settings, input, batches, progress))
              .orElseGet(() -> RunSteps.of(settings, batches));
      SearchSettings inForce = settings.withTargetMillis(input.targetMillis());
      try (RunDirectory directory = RunDirectory.create(inForce, LocalDateTime.now())) {
        return directory.logged(
            () ->
                new SearchRun(directory, input, batches, steps, limit, inForce, progress)
                    .complete());
      }
    }
  }

  /**
   * Says what {@link #run} would do and estimates what it would cost, from a few steps on weights
   * that are thrown away. Measures a table if there is none, trains nothing, makes no run
   * directory.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit
   */
  public SearchPlan plan() {
    RunDirectory.requireFree(settings.out());
    try (SearchInput input = SearchInput.open(settings, progress)) {
      Batches batches = new Batches(input.dataset(), settings);
      StepTimes times = StepTimes.measure(input, settings, batches, progress);
      RunSteps steps = RunSteps.of(settings, batches);
      return new SearchPlan(
          input.priced(),
          input.targetMillis(),
          steps.schedule(),
          steps.fineTuneSteps(),
          times.estimate(steps, input, batches),
          ProcessMemory.peakMebibytes());
    }
  }
}
