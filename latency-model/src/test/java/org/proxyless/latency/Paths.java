package org.proxyless.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every choice of one candidate an edge, for comparison on small spaces. */
public final class Paths {
  private Paths() {}

  public static List<int[]> all(double[][] edges) {
    List<int[]> paths = List.of(new int[0]);
    for (double[] edge : edges) {
      List<int[]> longer = new ArrayList<>();
      for (int[] path : paths) {
        for (int candidate = 0; candidate < edge.length; candidate++) {
          int[] next = Arrays.copyOf(path, path.length + 1);
          next[path.length] = candidate;
          longer.add(next);
        }
      }
      paths = longer;
    }
    return paths;
  }
}
