package org.proxyless.search.job.keeping;

import java.util.function.Consumer;
import org.proxyless.base.Checkpoints;
import org.proxyless.base.State;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunStoppedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides when the state of a run is written, and stops the run once it was asked to. */
public final class Checkpointing {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointing.class);

  private final Checkpoints files;
  private final RunControl control;
  private final Consumer<State> common;
  private final boolean writes;
  private long writtenNanos = System.nanoTime();

  /**
   * @param common puts what every phase of the run needs into a state
   */
  public Checkpointing(Checkpoints files, RunControl control, Consumer<State> common) {
    this(files, control, common, true);
  }

  private Checkpointing(
      Checkpoints files, RunControl control, Consumer<State> common, boolean writes) {
    this.files = files;
    this.control = control;
    this.common = common;
    this.writes = writes;
  }

  /** The same, but what is done from now on is done again after a stop. */
  public Checkpointing keepingTheLast() {
    return new Checkpointing(files, control, common, false);
  }

  /**
   * All of a step is done: writes a checkpoint if it is time to.
   *
   * @param own puts what the present phase needs into a state
   * @throws RunStoppedException if the run was asked to stop; a checkpoint is then written
   */
  public void afterStep(Consumer<State> own) {
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
  public void write(Consumer<State> own) {
    if (!writes) {
      return;
    }
    long start = System.nanoTime();
    State state = new State();
    common.accept(state);
    own.accept(state);
    long bytes = files.write(state);
    writtenNanos = System.nanoTime();
    LOG.info("checkpoint of {} KiB in {} ms", bytes / 1024, (writtenNanos - start) / 1_000_000);
  }
}
