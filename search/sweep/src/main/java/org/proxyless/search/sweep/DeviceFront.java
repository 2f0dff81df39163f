package org.proxyless.search.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.proxyless.benchmarks.plot.Axis;
import org.proxyless.benchmarks.plot.Plot;
import org.proxyless.benchmarks.plot.Point;

/**
 * What a sweep found for one device: accuracy over latency, in means over seeds.
 *
 * @param device its name; empty where the sweep has one
 * @param groups at least one
 */
public record DeviceFront(String device, List<CellGroup> groups) {
  private static final double SHARE = 100;
  private static final String STRATEGY = "strategy";

  public DeviceFront {
    groups = List.copyOf(groups);
  }

  /** One for each device that has a finished cell. */
  public static List<DeviceFront> of(SweepResults results) {
    Map<String, List<CellGroup>> byDevice = new LinkedHashMap<>();
    for (CellGroup group : results.groups()) {
      byDevice.computeIfAbsent(group.device(), device -> new ArrayList<>()).add(group);
    }
    return byDevice.entrySet().stream()
        .map(e -> new DeviceFront(e.getKey(), e.getValue()))
        .toList();
  }

  /** The groups of which none is both quicker and more accurate, the quickest first. */
  public List<CellGroup> front() {
    List<CellGroup> front = new ArrayList<>();
    List<CellGroup> quickestFirst =
        groups.stream()
            .sorted(
                Comparator.<CellGroup>comparingDouble(group -> group.predictedMillis().mean())
                    .thenComparingDouble(group -> -group.accuracies().mean()))
            .toList();
    double best = Double.NEGATIVE_INFINITY;
    for (CellGroup group : quickestFirst) {
      if (group.accuracies().mean() > best) {
        front.add(group);
        best = group.accuracies().mean();
      }
    }
    return front;
  }

  /** The front, joined, and all groups with intervals over seeds, a colour for each strategy. */
  Plot plot() {
    List<Point> all = groups.stream().map(DeviceFront::point).toList();
    Plot plot =
        new Plot(
            device,
            Axis.around("latency by the table in ms", all.stream().mapToDouble(Point::x)),
            Axis.around(
                "accuracy on the test split in %",
                DoubleStream.concat(
                    all.stream().mapToDouble(Point::y),
                    groups.stream().flatMapToDouble(DeviceFront::ends))));
    for (CellGroup group : groups) {
      double[] ends = ends(group).toArray();
      if (ends.length > 0) {
        double x = point(group).x();
        plot.guide("", false, new Point(x, ends[0]), new Point(x, ends[1]));
      }
    }
    plot.joined("front", front().stream().map(DeviceFront::point).toList());
    Map<String, List<Point>> series = new LinkedHashMap<>();
    for (CellGroup group : groups) {
      series
          .computeIfAbsent(
              group.place().getOrDefault(STRATEGY, "all"), strategy -> new ArrayList<>())
          .add(point(group));
    }
    series.forEach(plot::dots);
    return plot;
  }

  /** Of the accuracy's interval, as far as there are such accuracies; nothing for a single seed. */
  private static DoubleStream ends(CellGroup group) {
    return group
        .accuracies()
        .interval95()
        .map(i -> DoubleStream.of(Math.max(0, SHARE * i.low()), Math.min(SHARE, SHARE * i.high())))
        .orElseGet(DoubleStream::empty);
  }

  private static Point point(CellGroup group) {
    return new Point(group.predictedMillis().mean(), SHARE * group.accuracies().mean());
  }
}
