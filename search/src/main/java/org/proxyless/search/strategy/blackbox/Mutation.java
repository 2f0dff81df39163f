package org.proxyless.search.strategy.blackbox;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A network that differs from another in one choice. */
final class Mutation {
  private Mutation() {}

  /** Every choice that has another candidate is as likely as any other, and so is the candidate. */
  static int[] of(int[] path, int[] sizes, RandomGenerator random) {
    int[] open = IntStream.range(0, sizes.length).filter(e -> sizes[e] > 1).toArray();
    int[] child = path.clone();
    int choice = open[random.nextInt(open.length)];
    int other = random.nextInt(sizes[choice] - 1);
    child[choice] = other < path[choice] ? other : other + 1;
    return child;
  }
}
