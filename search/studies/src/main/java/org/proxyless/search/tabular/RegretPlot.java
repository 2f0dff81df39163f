package org.proxyless.search.tabular;

import java.util.List;
import java.util.stream.Stream;
import org.proxyless.benchmarks.plot.Axis;
import org.proxyless.benchmarks.plot.Plot;
import org.proxyless.benchmarks.plot.Point;

/** Mean regret over evaluations, the latter on a logarithmic axis: a line for each strategy. */
public final class RegretPlot {
  /** The first points, of a handful of networks, would flatten all that matters. */
  private static final int FIRST_SHOWN = 10;

  /** Share of the range at its ends, or dots there would be cut in half. */
  private static final double ROOM = 0.05;

  private RegretPlot() {}

  /**
   * A plot of some strategies.
   *
   * @param results one or more, with the same numbers of evaluations
   */
  public static Plot of(List<TabularResult> results) {
    List<TabularResult.Point> points = results.get(0).points();
    double last = points.get(points.size() - 1).evaluations();
    double first = Math.min(FIRST_SHOWN, last / 2);
    double greatest =
        results.stream()
            .flatMap(result -> shown(result, first))
            .mapToDouble(Point::y)
            .max()
            .orElseThrow();
    double high = greatest > 0 ? greatest : 1;
    Plot plot =
        new Plot(
                "Mean regret",
                new Axis("networks evaluated", first / (1 + ROOM), last * (1 + ROOM)),
                new Axis(
                    "mean regret, in the unit of the accuracy", -ROOM * high, (1 + ROOM) * high))
            .logarithmic();
    for (TabularResult result : results) {
      plot.joined(result.strategy(), shown(result, first).toList());
    }
    return plot;
  }

  private static Stream<Point> shown(TabularResult result, double first) {
    return result.points().stream()
        .filter(point -> point.evaluations() >= first)
        .map(point -> new Point(point.evaluations(), point.meanRegret()));
  }
}
