package org.proxyless.search.job.prepare;

import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;

/** Shows a measurement as a phase; how many steps it takes is known as it goes on. */
final class MeasuringPhase implements MeasuringProgress, AutoCloseable {
  private final Progress progress;
  private final String name;
  private Phase phase;
  private int first;
  private int shown;

  MeasuringPhase(Progress progress, String name) {
    this.progress = progress;
    this.name = name;
  }

  @Override
  public void measuring(int done, int total, String current) {
    if (phase == null) {
      first = done; // what an earlier run measured
      shown = done;
      phase = progress.phase(name, total - first);
    }
    phase.total(Math.max(total, shown) - first); // something is measured again
    phase.step(Math.max(0, done - shown), current);
    shown = Math.max(shown, done);
  }

  @Override
  public void note(String line) {
    progress.note(line);
  }

  @Override
  public void close() {
    if (phase != null) {
      phase.step(1, shown + 1 - first + " measurements");
      phase.close();
    }
  }
}
