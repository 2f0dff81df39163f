package org.proxyless.search.job.prepare;

import org.proxyless.base.State;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.train.SearchSchedule;

/**
 * How many steps the phases of a search have.
 *
 * @param schedule of warm-up and search
 * @param fineTuneSteps of the network that is found
 */
public record RunSteps(SearchSchedule schedule, long fineTuneSteps) {
  private static final String WARMUP = "steps.warmup";
  private static final String SEARCH = "steps.search";
  private static final String FINE_TUNE = "steps.fine-tune";

  /** As many as the settings ask for. */
  public static RunSteps of(SearchSettings settings, Batches batches) {
    long epoch = batches.stepsAnEpoch();
    return of(
        settings.warmupEpochs() * epoch,
        searchSteps(settings, epoch),
        settings.fineTuneEpochs() * epoch,
        settings,
        batches);
  }

  /** Networks, where they are scored or estimated one by one. */
  private static long searchSteps(SearchSettings settings, long epoch) {
    if (settings.derivation() != null) {
      return settings.derivation().evaluations();
    }
    return settings.estimate() == null
        ? settings.epochs() * epoch
        : settings.estimate().evaluations();
  }

  /** So many. */
  public static RunSteps of(
      long warmUpSteps,
      long searchSteps,
      long fineTuneSteps,
      SearchSettings settings,
      Batches batches) {
    return new RunSteps(
        SearchSchedule.ofSteps(
            warmUpSteps, searchSteps, batches.stepsAnEpoch(), settings.batchSize()),
        fineTuneSteps);
  }

  /** Keeps them: a time limit may have decided them. */
  public void save(State state) {
    state.put(WARMUP, schedule.warmupSteps()).put(SEARCH, schedule.searchSteps());
    state.put(FINE_TUNE, fineTuneSteps);
  }

  /** Those that {@link #save} kept. */
  public static RunSteps of(State state, SearchSettings settings, Batches batches) {
    return of(
        state.number(WARMUP), state.number(SEARCH), state.number(FINE_TUNE), settings, batches);
  }
}
