package org.proxyless.benchmarks.process;

import java.time.Duration;

/** Waits for a machine to be as it usually is. */
@FunctionalInterface
public interface Pause {
  /** Lets this time pass. */
  Pause SLEEP =
      duration -> {
        try {
          Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new MeasuringFailedException("the measurement was interrupted", e);
        }
      };

  /**
   * Waits.
   *
   * @throws MeasuringFailedException if this thread is interrupted
   */
  void of(Duration duration);
}
