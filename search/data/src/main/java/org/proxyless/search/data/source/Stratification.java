package org.proxyless.search.data.source;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Puts images into an order of which every prefix has the classes' shares of the whole. */
public final class Stratification {
  private Stratification() {}

  /**
   * The stratified order: each class is shuffled, then the image of rank r among the n of its class
   * comes at (r + 1/2) / n of the way. So does any stretch of the order, within one image a class;
   * with equally large classes a stretch of a multiple of their number is exactly balanced.
   *
   * @param labels by index
   * @param classes the number of classes
   * @return indices into {@code labels}
   */
  public static int[] order(int[] labels, int classes, long seed) {
    int[] shuffled = IntStream.range(0, labels.length).toArray();
    shuffle(shuffled, new SplittableRandom(seed));
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    int[] ranks = new int[classes];
    double[] place = new double[labels.length];
    for (int index : shuffled) {
      int label = labels[index];
      place[index] = (ranks[label]++ + 0.5) / counts[label];
    }
    // Of equal places the lower class comes first, so the order is the same everywhere.
    return IntStream.range(0, labels.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(index -> place[index])
                .thenComparingInt(index -> labels[index]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Fisher and Yates' shuffle. */
  public static void shuffle(int[] values, RandomGenerator random) {
    for (int last = values.length - 1; last > 0; last--) {
      int chosen = random.nextInt(last + 1);
      int swapped = values[last];
      values[last] = values[chosen];
      values[chosen] = swapped;
    }
  }
}
