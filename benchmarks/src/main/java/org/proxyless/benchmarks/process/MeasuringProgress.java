package org.proxyless.benchmarks.process;

import java.util.function.Consumer;

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

  /** One that only hears what there is to say to the user. */
  static MeasuringProgress notes(Consumer<String> listener) {
    return new MeasuringProgress() {
      @Override
      public void measuring(int done, int total, String current) {}

      @Override
      public void note(String line) {
        listener.accept(line);
      }
    };
  }

  /** Called when there is something to say to the user. */
  default void note(String line) {}
}
