package org.proxyless.search.strategy.blackbox;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The beginning of one network and the end of another. */
public final class Crossover {
  private Crossover() {}

  /** Cut at an even place, but not within choices that are made together. */
  public static int[] of(int[] first, int[] second, FeasibleSpace space, RandomGenerator random) {
    int[] places =
        IntStream.range(1, first.length)
            .filter(
                place ->
                    space.couplings().stream().noneMatch(c -> c.first() < place && place < c.end()))
            .toArray();
    if (places.length == 0) {
      return first.clone();
    }
    int[] child = first.clone();
    int place = places[random.nextInt(places.length)];
    System.arraycopy(second, place, child, place, child.length - place);
    return child;
  }
}
