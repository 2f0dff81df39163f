package org.proxyless.benchmarks.sites;

/**
 * The latency of a network, timed end to end.
 *
 * @param medianMillis half of the calls are quicker
 * @param p95Millis 95 % of the calls are quicker
 * @param interval95Millis where the true median lies with a chance of 95 %
 * @param samples calls that were timed
 */
public record NetworkMeasurement(
    double medianMillis, double p95Millis, Interval interval95Millis, long samples) {
  /** A range of milliseconds. */
  public record Interval(double low, double high) {}
}
