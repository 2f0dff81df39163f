package org.proxyless.search.strategy.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Networks by several figures that are all to be low. The order is that of NSGA-II (Deb et al.,
 * IEEE Transactions on Evolutionary Computation 6, 2002, section III).
 */
public final class ParetoOrder {
  private ParetoOrder() {}

  /** Whether one is nowhere worse than another, and somewhere better. */
  public static boolean dominates(double[] one, double[] other) {
    boolean better = false;
    for (int m = 0; m < one.length; m++) {
      if (one[m] > other[m]) {
        return false;
      }
      better |= one[m] < other[m];
    }
    return better;
  }

  /**
   * The numbers of those that none dominates, then of those that only these dominate, and so on.
   */
  public static List<List<Integer>> fronts(List<double[]> points) {
    int[] dominators = new int[points.size()];
    List<List<Integer>> dominated = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      dominated.add(new ArrayList<>());
      for (int j = 0; j < points.size(); j++) {
        if (dominates(points.get(i), points.get(j))) {
          dominated.get(i).add(j);
        } else if (dominates(points.get(j), points.get(i))) {
          dominators[i]++;
        }
      }
    }
    List<List<Integer>> fronts = new ArrayList<>();
    List<Integer> front = new ArrayList<>();
    for (int i = 0; i < dominators.length; i++) {
      if (dominators[i] == 0) {
        front.add(i);
      }
    }
    while (!front.isEmpty()) {
      fronts.add(front);
      List<Integer> next = new ArrayList<>();
      for (int i : front) {
        for (int j : dominated.get(i)) {
          if (--dominators[j] == 0) {
            next.add(j);
          }
        }
      }
      front = next;
    }
    return fronts;
  }

  /** Those that none dominates. */
  static List<double[]> front(List<double[]> points) {
    return points.stream()
        .filter(point -> points.stream().noneMatch(other -> dominates(other, point)))
        .toList();
  }

  /**
   * How far each of a front is from its neighbours: the sum over the figures of the distance
   * between the next lower and the next higher one, as a share of the range; infinite at the ends.
   *
   * @param points of the front
   */
  public static double[] crowding(List<double[]> points) {
    int size = points.size();
    double[] distances = new double[size];
    for (int m = 0; m < points.get(0).length; m++) {
      int figure = m;
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparingDouble(i -> points.get(i)[figure]));
      double range = points.get(order[size - 1])[m] - points.get(order[0])[m];
      distances[order[0]] = Double.POSITIVE_INFINITY;
      distances[order[size - 1]] = Double.POSITIVE_INFINITY;
      for (int i = 1; i < size - 1 && range > 0; i++) {
        distances[order[i]] += (points.get(order[i + 1])[m] - points.get(order[i - 1])[m]) / range;
      }
    }
    return distances;
  }
}
