package org.proxyless.search.tabular;

import java.util.List;

/**
 * How a strategy did on a table.
 *
 * @param strategy its name
 * @param points by number of evaluations, ascending
 */
public record TabularResult(String strategy, List<Point> points) {
  /**
   * Over all seeds, after some evaluations.
   *
   * @param evaluations networks evaluated
   * @param meanRegret how much less accurate the returned network is than the best within the limit
   * @param interval95 of the mean regret, its lower and upper end; null with one seed
   * @param hitRate share of the runs that return a network as accurate as the best
   * @param feasibleShare share of the evaluated networks that keep the limit
   * @param frontShare the area of accuracy and latency that the evaluated networks dominate, as a
   *     share of what all networks within the limit do
   */
  public record Point(
      int evaluations,
      double meanRegret,
      double[] interval95,
      double hitRate,
      double feasibleShare,
      double frontShare) {}

  /** The point at a number of evaluations. */
  public Point at(int evaluations) {
    return points.stream()
        .filter(point -> point.evaluations() == evaluations)
        .findFirst()
        .orElseThrow();
  }
}
