package org.proxyless.benchmarks;

import java.util.OptionalDouble;

/**
 * The latency of a network, timed beside the reference of a latency table: whether the machine was
 * then as quick as when the table was made.
 *
 * @param network the latency
 * @param drift how many times what the table says the reference took; empty where the table names
 *     none
 */
public record WatchedMeasurement(NetworkMeasurement network, OptionalDouble drift) {
  /** Whether the machine was slower or quicker by more than 5 %. */
  public boolean drifted() {
    return beyondDrift() > 0;
  }

  /** By how much more than 5 % the machine was slower or quicker, as a share; else 0. */
  public double beyondDrift() {
    return drift.isPresent()
        ? Math.max(0, Math.abs(drift.getAsDouble() - 1) - TableCheck.MOST_DRIFT)
        : 0;
  }

  /** What a latency would be on the machine as it was when the table was made. */
  public double atTableSpeed(double millis) {
    return drift.isPresent() ? millis / drift.getAsDouble() : millis;
  }
}
