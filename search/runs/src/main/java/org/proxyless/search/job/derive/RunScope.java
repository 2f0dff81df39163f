package org.proxyless.search.job.derive;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.proxyless.base.SavedRandom;
import org.proxyless.base.State;
import org.proxyless.latency.LatencyTables;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.job.prepare.Planned;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.prepare.RunSteps;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.job.prepare.TimeLimit;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.supernet.Supernet;

/**
 * What all phases of one search share, once its parts are there.
 *
 * @param settings those in force, with the target
 * @param saved where it goes on from; empty for a new run
 */
public record RunScope(
    RunDirectory directory,
    SearchInput input,
    SearchSettings settings,
    Planned planned,
    Optional<State> saved,
    Progress progress) {

  /** What random numbers are for; each has a generator of its own. */
  enum Purpose {
    STRATEGY,
    SUPERNET,
    PATHS,
    NETWORK
  }

  SavedRandom random(Purpose purpose) {
    return SavedRandom.of(settings.seed(), purpose.ordinal());
  }

  public PricedSpace priced() {
    return input.priced();
  }

  public List<LatencyTarget> targets() {
    return input.targets();
  }

  Batches batches() {
    return planned.batches();
  }

  public RunSteps steps() {
    return planned.steps();
  }

  /** Batch size and threads of everything that is trained. */
  Supernet.Settings training() {
    return new Supernet.Settings(settings.batchSize(), settings.threads());
  }

  /** Whether there is time to measure once more at the end. */
  Repetition measuringAtTheEnd() {
    return repetition(TimeLimit::secondsAtTheEnd);
  }

  /** Whether there is time to measure once more before fine-tuning. */
  Repetition measuringBeforeFineTuning() {
    return repetition(TimeLimit::secondsBeforeFineTuning);
  }

  private Repetition repetition(ToDoubleFunction<TimeLimit> secondsLeft) {
    return planned
        .limit()
        .map(limit -> new Repetition(() -> secondsLeft.applyAsDouble(limit)))
        .orElseGet(Repetition::endless);
  }

  /** Where the run's results come from. */
  public Provenance provenance(Map<String, ?> figures, SearchSettings of) {
    return new Provenance(
        input.dataset().hash(),
        LatencyTables.hash(priced().table()),
        settings.seed(),
        of,
        Instant.now(),
        figures);
  }
}
