package org.proxyless.search.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.proxyless.base.InvalidInputException;

/** Draws networks without replacement: one that was drawn before is drawn again. */
final class DistinctPaths {
  /** Draws in a row that bring nothing new, after which there is taken to be nothing new. */
  private static final int MOST_DRAWS_IN_VAIN = 10_000;

  private final Set<List<Integer>> drawn = new HashSet<>();

  /**
   * Draws networks that were not drawn here before.
   *
   * @param source draws uniformly, with replacement
   * @param wanted which of them count
   * @param remedy what to do if there are too few, for the message
   * @throws InvalidInputException if there seem to be too few
   */
  List<int[]> draw(int number, Supplier<int[]> source, Predicate<int[]> wanted, String remedy) {
    List<int[]> paths = new ArrayList<>();
    int inVain = 0;
    while (paths.size() < number) {
      int[] path = source.get();
      if (wanted.test(path) && drawn.add(Arrays.stream(path).boxed().toList())) {
        paths.add(path);
        inVain = 0;
      } else if (++inVain == MOST_DRAWS_IN_VAIN) {
        throw new InvalidInputException(
            "there are only " + paths.size() + " such networks, not " + number + ": " + remedy);
      }
    }
    return paths;
  }
}
