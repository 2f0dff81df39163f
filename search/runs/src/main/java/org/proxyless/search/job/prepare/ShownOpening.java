package org.proxyless.search.job.prepare;

import org.proxyless.search.data.source.OpeningProgress;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;

/** Shows how far the opening of a data set is, if it takes long. */
record ShownOpening(Progress progress) implements OpeningProgress {
  /** Fewer steps are over in a moment. */
  private static final long WORTH_SHOWING = 1_000;

  @Override
  public Steps begin(String what, long steps) {
    if (steps < WORTH_SHOWING) {
      return SILENT.begin(what, steps);
    }
    Phase phase = progress.phase(what, steps);
    return new Steps() {
      @Override
      public void step() {
        phase.step("");
      }

      @Override
      public void close() {
        phase.close();
      }
    };
  }
}
