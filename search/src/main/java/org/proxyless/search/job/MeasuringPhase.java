package org.proxyless.search.job;

import org.proxyless.benchmarks.MeasuringProgress;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.Progress;

/** Shows a measurement as a phase; the number of steps is known once it begins. */
final class MeasuringPhase implements MeasuringProgress, AutoCloseable {
  private final Progress progress;
  private final String name;
  private Phase phase;
  private int shown;
  private int steps;

  MeasuringPhase(Progress progress, String name) {
    this.progress = progress;
    this.name = name;
  }

  @Override
  public void measuring(int done, int total, String current) {
    if (phase == null || total != steps) { // something is measured again
      close();
      phase = progress.phase(name, total - done);
      steps = total;
      shown = done;
    }
    phase.step(done - shown, current);
    shown = done;
  }

  @Override
  public void note(String line) {
    progress.note(line);
  }

  @Override
  public void close() {
    if (phase != null) {
      phase.close();
    }
  }
}
