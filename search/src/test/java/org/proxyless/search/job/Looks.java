package org.proxyless.search.job;

import java.util.OptionalDouble;
import org.proxyless.benchmarks.NetworkMeasurement;
import org.proxyless.benchmarks.WatchedMeasurement;

/** Measurements as a stopwatch would give them. */
final class Looks {
  private Looks() {}

  static WatchedMeasurement of(double medianMillis, double p95Millis, double drift) {
    return new WatchedMeasurement(measurement(medianMillis, p95Millis), OptionalDouble.of(drift));
  }

  static WatchedMeasurement calm(double medianMillis) {
    return of(medianMillis, 1.1 * medianMillis, 1);
  }

  static WatchedMeasurement unwatched(double medianMillis) {
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
