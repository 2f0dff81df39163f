package org.proxyless.benchmarks.tables;

import java.util.OptionalDouble;
import org.proxyless.benchmarks.sites.NetworkMeasurement;

/**
 * The latency of a network, timed beside the reference of a latency table: whether the machine was
 * then as quick as when the table was made.
 *
 * @param network the latency
 * @param drift how many times what the table says the reference took; empty where the table names
 *     none
 * @param relativeStandardError of the latency at the table's speed, as a share, from the sittings
 */
public record WatchedMeasurement(
    NetworkMeasurement network, OptionalDouble drift, double relativeStandardError) {
  /** One that is taken as exact. */
  public WatchedMeasurement(NetworkMeasurement network, OptionalDouble drift) {
    this(network, drift, 0);
  }

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

  /**
   * How far a latency at the table's speed may be off, as a share: a standard deviation, of the
   * sittings and of what the machine's change of speed leaves open.
   */
  public double relativeUncertainty() {
    double changed = drift.isPresent() ? Reference.relativeDeviation(drift.getAsDouble()) : 0;
    return Math.hypot(relativeStandardError, changed);
  }

  /** What a latency would be on the machine as it was when the table was made. */
  public double atTableSpeed(double millis) {
    return drift.isPresent() ? millis / drift.getAsDouble() : millis;
  }
}
