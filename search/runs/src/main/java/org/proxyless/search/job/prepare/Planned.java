package org.proxyless.search.job.prepare;

import java.util.Optional;
import org.proxyless.base.State;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;

/**
 * What is decided before a search begins.
 *
 * @param batches that it sees
 * @param steps that its phases have
 * @param limit of its time, if any
 */
public record Planned(Batches batches, RunSteps steps, Optional<TimeLimit> limit) {
  /** A time limit starts when the settings are read, and decides the steps. */
  public static Planned anew(
      SearchInput input, SearchSettings settings, Optional<TimeLimit> limit, Progress progress) {
    Batches batches = new Batches(input.dataset(), settings);
    RunSteps steps =
        limit
            .map(time -> time.plan(settings, input, batches, progress))
            .orElseGet(() -> RunSteps.of(settings, batches));
    return new Planned(batches, steps, limit);
  }

  /** As it was decided when the run began. */
  public static Planned saved(SearchInput input, SearchSettings settings, State state) {
    Batches batches = new Batches(input.dataset(), settings);
    return new Planned(
        batches,
        RunSteps.of(state, settings, batches),
        Optional.ofNullable(settings.timeLimitSeconds())
            .map(seconds -> TimeLimit.resumed(seconds, state)));
  }
}
