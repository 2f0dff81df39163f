package org.proxyless.search.data.source;

import java.util.stream.IntStream;

/** An evenly spaced sample: the same images every time, from all over the data. */
public final class EvenSample {
  private EvenSample() {}

  /**
   * At most {@code count} of the indices 0 … size − 1, ascending; all of them if they are fewer.
   */
  public static IntStream of(int size, int count) {
    int taken = Math.min(size, count);
    return IntStream.range(0, taken).map(i -> (int) ((long) i * size / taken));
  }
}
