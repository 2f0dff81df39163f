package org.proxyless.search.job;

import org.proxyless.search.checkpoint.State;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.train.SearchSchedule;

/**
 * How many steps the phases of a search have.
 *
 * @param schedule of warm-up and search
 * @param fineTuneSteps of the network that is found
 */
record RunSteps(SearchSchedule schedule, long fineTuneSteps) {
  private static final String WARMUP = "steps.warmup";
  private static final String SEARCH = "steps.search";
  private static final String FINE_TUNE = "steps.fine-tune";

  /** As many as the settings ask for. */
  static RunSteps of(SearchSettings settings, Batches batches) {
    return of(settings, batches, 1);
  }

  /**
   * A share of what the settings ask for; a phase that they ask for keeps at least one step.
   *
   * @param share above 0, at most 1
   */
  static RunSteps of(SearchSettings settings, Batches batches, double share) {
    long epoch = batches.stepsAnEpoch();
    return new RunSteps(
        SearchSchedule.ofSteps(
            steps(settings.warmupEpochs(), epoch, share),
            searchSteps(settings, epoch, share),
            epoch,
            settings.batchSize()),
        steps(settings.fineTuneEpochs(), epoch, share));
  }

  /** Keeps them: a time limit may have decided them. */
  void save(State state) {
    state.put(WARMUP, schedule.warmupSteps()).put(SEARCH, schedule.searchSteps());
    state.put(FINE_TUNE, fineTuneSteps);
  }

  /** Those that {@link #save} kept. */
  static RunSteps of(State state, SearchSettings settings, Batches batches) {
    return new RunSteps(
        SearchSchedule.ofSteps(
            state.number(WARMUP),
            state.number(SEARCH),
            batches.stepsAnEpoch(),
            settings.batchSize()),
        state.number(FINE_TUNE));
  }

  /** Where networks are estimated one by one, a step is an estimate. */
  private static long searchSteps(SearchSettings settings, long stepsAnEpoch, double share) {
    return settings.estimate() == null
        ? steps(settings.epochs(), stepsAnEpoch, share)
        : settings.estimate().evaluations();
  }

  private static long steps(int epochs, long stepsAnEpoch, double share) {
    return epochs == 0 ? 0 : Math.max(1, Math.round(share * epochs * stepsAnEpoch));
  }
}
