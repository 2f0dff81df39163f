package org.proxyless.benchmarks.machine;

/** Tells what other programs take of the machine. */
public interface OtherWork {
  /** Begins to watch. */
  Watch watch();

  /** A time during which one watches. */
  @FunctionalInterface
  interface Watch {
    /** What other programs took since it began. */
    WorkLoad load();
  }
}
