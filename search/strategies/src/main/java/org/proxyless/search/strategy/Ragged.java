package org.proxyless.search.strategy;

import java.util.Arrays;

/** Arrays of arrays laid end to end, to be kept. */
public final class Ragged {
  private Ragged() {}

  public static double[] flat(double[][] ragged) {
    return Arrays.stream(ragged).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Copies what {@link #flat} gave back into arrays of the same sizes. */
  public static void fill(double[][] ragged, double[] flat) {
    int elements = Arrays.stream(ragged).mapToInt(row -> row.length).sum();
    if (flat.length != elements) {
      throw new IllegalArgumentException(flat.length + " numbers for " + elements);
    }
    int next = 0;
    for (double[] row : ragged) {
      System.arraycopy(flat, next, row, 0, row.length);
      next += row.length;
    }
  }
}
