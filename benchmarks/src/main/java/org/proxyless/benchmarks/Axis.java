package org.proxyless.benchmarks;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A plot's range of values, with round ticks.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Axis(double low, double high) {
  private static final int TICKS = 6;
  private static final int ROOM = 20;

  /** From the least of some values to the greatest, with some room at both ends. */
  public static Axis of(DoubleStream values) {
    DoubleSummaryStatistics all = values.summaryStatistics();
    double width = all.getMax() - all.getMin();
    double room = width > 0 ? width / ROOM : Math.max(Math.abs(all.getMax()), 1e-3) / ROOM;
    return new Axis(all.getMin() - room, all.getMax() + room);
  }

  /** Where a value lies: 0 at the lower end, 1 at the upper. */
  public double share(double value) {
    return (value - low) / (high - low);
  }

  /** Round values within the range. */
  public double[] ticks() {
    double step = step();
    return DoubleStream.iterate(Math.ceil(low / step) * step, tick -> tick <= high, t -> t + step)
        .toArray();
  }

  /** A tick with as many decimals as ticks need. */
  public String label(double tick) {
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step()) - 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", tick);
  }

  /** 1, 2 or 5 times a power of ten. */
  private double step() {
    double rough = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double share = rough / power;
    return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
  }
}
