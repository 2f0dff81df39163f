package org.proxyless.search.job.derive;

import java.util.OptionalDouble;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.benchmarks.tables.WatchedMeasurement;

/** Measurements as a stopwatch would give them. */
public final class Looks {
  private Looks() {}

  public static WatchedMeasurement of(double medianMillis, double p95Millis, double drift) {
    return new WatchedMeasurement(measurement(medianMillis, p95Millis), OptionalDouble.of(drift));
  }

  public static WatchedMeasurement calm(double medianMillis) {
    return of(medianMillis, 1.1 * medianMillis, 1);
  }

  public static WatchedMeasurement unwatched(double medianMillis) {
    return new WatchedMeasurement(
        measurement(medianMillis, 1.1 * medianMillis), OptionalDouble.empty());
  }

  private static NetworkMeasurement measurement(double medianMillis, double p95Millis) {
    return new NetworkMeasurement(
        medianMillis,
        p95Millis,
        new NetworkMeasurement.Interval(0.99 * medianMillis, 1.01 * medianMillis),
        1000);
  }
}
