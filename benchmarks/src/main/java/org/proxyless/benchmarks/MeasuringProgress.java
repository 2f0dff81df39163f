package org.proxyless.benchmarks;

/** Hears how far a measurement is. */
@FunctionalInterface
public interface MeasuringProgress {
  /**
   * Called before each step.
   *
   * @param done steps that are complete
   * @param total steps in all; may grow when something has to be measured again
   * @param current what is measured now
   */
  void measuring(int done, int total, String current);

  /** Called when there is something to say to the user. */
  default void note(String line) {}
}
