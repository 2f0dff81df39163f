package org.proxyless.benchmarks.plot;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;

/**
 * What an axis shows, and its range.
 *
 * @param title with the unit
 */
public record Axis(String title, double low, double high) {
  private static final int ROOM = 12;

  /** From the least of some values to the greatest, with some room at both ends. */
  public static Axis around(String title, DoubleStream values) {
    DoubleSummaryStatistics all = values.summaryStatistics();
    double width = all.getMax() - all.getMin();
    double room = (width > 0 ? width : Math.max(Math.abs(all.getMax()), 1e-3)) / ROOM;
    return new Axis(title, all.getMin() - room, all.getMax() + room);
  }
}
