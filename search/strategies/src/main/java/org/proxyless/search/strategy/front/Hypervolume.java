package org.proxyless.search.strategy.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The volume that is dominated by points and bounded by a reference, all figures to be low (Zitzler
 * and Thiele, 1998), exactly: the space is cut into slices along the last figure, whose volumes
 * have a dimension less. For fronts of some hundred points and two or three figures, of tens with
 * five.
 */
public final class Hypervolume {
  private Hypervolume() {}

  /**
   * The volume.
   *
   * @param points [figure] each; those that are not below the reference in every figure count for
   *     nothing
   * @param reference [figure], the worst that counts
   */
  public static double of(List<double[]> points, double[] reference) {
    List<double[]> inside = new ArrayList<>();
    for (double[] point : points) {
      boolean below = true;
      for (int m = 0; m < reference.length; m++) {
        below &= point[m] < reference[m];
      }
      if (below) {
        inside.add(point);
      }
    }
    return of(inside, reference, reference.length);
  }

  private static double of(List<double[]> points, double[] reference, int figures) {
    if (points.isEmpty()) {
      return 0;
    }
    if (figures == 1) {
      return reference[0] - points.stream().mapToDouble(point -> point[0]).min().orElseThrow();
    }
    int last = figures - 1;
    List<double[]> ascending = new ArrayList<>(points);
    ascending.sort(Comparator.comparingDouble(point -> point[last]));
    List<double[]> slice = new ArrayList<>(); // the front of those that reach into it
    double volume = 0;
    for (int i = 0; i < ascending.size(); i++) {
      double[] point = Arrays.copyOf(ascending.get(i), last);
      if (slice.stream().noneMatch(other -> covers(other, point))) {
        slice.removeIf(other -> covers(point, other));
        slice.add(point);
      }
      double end = i + 1 < ascending.size() ? ascending.get(i + 1)[last] : reference[last];
      double depth = end - ascending.get(i)[last];
      volume += depth > 0 ? depth * of(slice, reference, last) : 0;
    }
    return volume;
  }

  private static boolean covers(double[] one, double[] other) {
    for (int m = 0; m < one.length; m++) {
      if (one[m] > other[m]) {
        return false;
      }
    }
    return true;
  }
}
