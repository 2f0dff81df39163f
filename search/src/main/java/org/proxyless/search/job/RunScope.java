package org.proxyless.search.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.proxyless.latency.LatencyTables;
import org.proxyless.search.checkpoint.SavedRandom;
import org.proxyless.search.checkpoint.State;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.supernet.Supernet;

/**
 * What all phases of one search share, once its parts are there.
 *
 * @param settings those in force, with the target
 * @param saved where it goes on from; empty for a new run
 */
record RunScope(
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

  PricedSpace priced() {
    return input.priced();
  }

  List<LatencyTarget> targets() {
    return input.targets();
  }

  Batches batches() {
    return planned.batches();
  }

  RunSteps steps() {
    return planned.steps();
  }

  /** Batch size and threads of everything that is trained. */
  Supernet.Settings training() {
    return new Supernet.Settings(settings.batchSize(), settings.threads());
  }

  /** How long one may wait at the end for the machine to be as it usually is. */
  Duration patience() {
    return planned.limit().map(TimeLimit::patience).orElse(CarefulTiming.PATIENCE);
  }

  /** The same before fine-tuning. */
  Duration patienceBeforeFineTuning() {
    return planned.limit().map(TimeLimit::patienceBeforeFineTuning).orElse(CarefulTiming.PATIENCE);
  }

  /** Where the run's results come from. */
  Provenance provenance(Map<String, ?> figures, SearchSettings of) {
    return new Provenance(
        input.dataset().hash(),
        LatencyTables.hash(priced().table()),
        settings.seed(),
        of,
        Instant.now(),
        figures);
  }
}
