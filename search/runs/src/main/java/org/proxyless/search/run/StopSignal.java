package org.proxyless.search.run;

import java.time.Duration;
import java.util.Optional;

/**
 * Asks a run to stop after its present step, with a checkpoint, and lets whoever asked wait for it.
 * One run at a time listens.
 */
public final class StopSignal {
  private boolean requested;
  private String goOn;
  private String goOnWithWhole;
  private boolean running;

  /** Asks; for good. */
  public synchronized void request() {
    requested = true;
  }

  /** Whether the run should stop now. */
  public synchronized boolean isRequested() {
    return requested;
  }

  /**
   * Says how to go on with what is more than a run, from now on: what it has done it keeps.
   *
   * @param howToGoOn instead of going on with a run that is a part of it
   */
  public synchronized void keepsWhole(String howToGoOn) {
    goOnWithWhole = howToGoOn;
  }

  /**
   * Waits until the run that listens has ended, if there is one.
   *
   * @param patience how long
   * @return how to go on with it; empty if there is nothing to go on with
   */
  public synchronized Optional<String> awaitEnd(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (running && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return Optional.ofNullable(goOnWithWhole == null ? goOn : goOnWithWhole);
  }

  /** A run that can be gone on with has begun to listen. */
  synchronized void begin(String howToGoOn) {
    goOn = howToGoOn;
    running = true;
  }

  /**
   * The run has ended.
   *
   * @param finished whether there is nothing left to do
   */
  synchronized void end(boolean finished) {
    running = false;
    if (finished) {
      goOn = null;
    }
    notifyAll();
  }
}
