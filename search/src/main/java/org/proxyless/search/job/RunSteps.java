package org.proxyless.search.job;

import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.train.SearchSchedule;

/**
 * How many steps the phases of a search have.
 *
 * @param schedule of warm-up and search
 * @param fineTuneSteps of the network that is found
 */
record RunSteps(SearchSchedule schedule, long fineTuneSteps) {
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
            steps(settings.epochs(), epoch, share),
            epoch,
            settings.batchSize()),
        steps(settings.fineTuneEpochs(), epoch, share));
  }

  private static long steps(int epochs, long stepsAnEpoch, double share) {
    return epochs == 0 ? 0 : Math.max(1, Math.round(share * epochs * stepsAnEpoch));
  }

  /** How often networks are proposed. */
  long proposals() {
    long proposals = 0;
    for (long step = 0; step < schedule.searchSteps(); step++) {
      proposals += schedule.proposalAfter(step) ? 1 : 0;
    }
    return proposals;
  }
}
