package org.proxyless.search.job;

import java.util.function.Consumer;
import org.proxyless.search.checkpoint.Checkpoints;
import org.proxyless.search.checkpoint.State;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunStoppedException;

/** Decides when the state of a run is written, and stops the run once it was asked to. */
final class Checkpointing {
  private final Checkpoints files;
  private final RunControl control;
  private final Consumer<State> common;
  private long writtenNanos = System.nanoTime();

  /**
   * @param common puts what every phase of the run needs into a state
   */
  Checkpointing(Checkpoints files, RunControl control, Consumer<State> common) {
    this.files = files;
    this.control = control;
    this.common = common;
  }

  /**
   * All of a step is done: writes a checkpoint if it is time to.
   *
   * @param own puts what the present phase needs into a state
   * @throws RunStoppedException if the run was asked to stop; a checkpoint is then written
   */
  void afterStep(Consumer<State> own) {
    boolean stop = control.stop().isRequested();
    long since = System.nanoTime() - writtenNanos;
    if (stop || since >= control.checkpointInterval().toNanos()) {
      write(own);
    }
    if (stop) {
      throw new RunStoppedException("stopped with a checkpoint, as was asked");
    }
  }

  /** A phase begins or ends: writes a checkpoint in any case. */
  void write(Consumer<State> own) {
    State state = new State();
    common.accept(state);
    own.accept(state);
    files.write(state);
    writtenNanos = System.nanoTime();
  }
}
