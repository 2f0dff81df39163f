package org.proxyless.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Neighbouring decisions of which only some combinations make a network, as those of the edges that
 * lead to a node of a cell, of which two are kept (Liu et al., DARTS, 2019, section 2.4), or those
 * of the blocks of a stage, of which the last ones are skipped.
 *
 * @param first index of the first decision
 * @param combinations the options of this decision and those that follow it; all of one length
 */
public record Coupling(int first, List<List<Integer>> combinations) {
  public Coupling {
    combinations = combinations.stream().map(List::copyOf).toList();
    if (first < 0 || combinations.isEmpty() || combinations.get(0).isEmpty()) {
      throw new IllegalArgumentException("a coupling needs decisions and a combination of them");
    }
    int width = combinations.get(0).size();
    if (combinations.stream().anyMatch(combination -> combination.size() != width)) {
      throw new IllegalArgumentException("the combinations of a coupling differ in length");
    }
  }

  /**
   * All combinations in which exactly so many decisions do not take their first option.
   *
   * @param first index of the first decision
   * @param sizes how many options each decision has
   * @param kept how many of them take another option than the first
   */
  public static Coupling keeping(int first, int[] sizes, int kept) {
    if (kept < 1 || kept > sizes.length) {
      throw new IllegalArgumentException(
          "of " + sizes.length + " decisions " + kept + " cannot be kept");
    }
    List<List<Integer>> combinations = new ArrayList<>();
    collect(sizes, kept, new int[sizes.length], 0, combinations);
    return new Coupling(first, combinations);
  }

  /**
   * All combinations in which whatever follows a decision that takes its last option takes its last
   * one, too: of blocks whose last option skips them, only the last ones are skipped (Cai et al.,
   * Once-for-All, 2020, section 3.3).
   *
   * @param first index of the first decision
   * @param sizes how many options each decision has
   */
  public static Coupling skippingFromTheEnd(int first, int[] sizes) {
    List<List<Integer>> combinations = new ArrayList<>();
    collectSkips(sizes, new int[sizes.length], 0, combinations);
    return new Coupling(first, combinations);
  }

  private static void collectSkips(
      int[] sizes, int[] taken, int decision, List<List<Integer>> combinations) {
    if (decision == sizes.length) {
      combinations.add(Arrays.stream(taken).boxed().toList());
      return;
    }
    boolean skips = decision > 0 && taken[decision - 1] == sizes[decision - 1] - 1;
    for (int option = skips ? sizes[decision] - 1 : 0; option < sizes[decision]; option++) {
      taken[decision] = option;
      collectSkips(sizes, taken, decision + 1, combinations);
    }
  }

  private static void collect(
      int[] sizes, int kept, int[] taken, int decision, List<List<Integer>> combinations) {
    int left = sizes.length - decision;
    if (kept > left || kept < 0) {
      return;
    }
    if (left == 0) {
      combinations.add(Arrays.stream(taken).boxed().toList());
      return;
    }
    for (int option = 0; option < sizes[decision]; option++) {
      taken[decision] = option;
      collect(sizes, option == 0 ? kept : kept - 1, taken, decision + 1, combinations);
    }
  }

  /** How many decisions it has. */
  public int width() {
    return combinations.get(0).size();
  }

  /** The index behind the last decision. */
  public int end() {
    return first + width();
  }

  /** Whether a choice of all decisions has one of the combinations. */
  public boolean isKeptBy(int[] choice) {
    return combinations.contains(of(choice));
  }

  /** Whether a choice of all decisions has one of the combinations of each. */
  public static boolean areKept(List<Coupling> couplings, int[] choice) {
    return couplings.stream().allMatch(coupling -> coupling.isKeptBy(choice));
  }

  /** What a choice of all decisions has of these. */
  public List<Integer> of(int[] choice) {
    return IntStream.range(first, end()).mapToObj(decision -> choice[decision]).toList();
  }

  /** Sets these decisions in a choice of all. */
  public void put(int combination, int[] choice) {
    for (int i = 0; i < width(); i++) {
      choice[first + i] = combinations.get(combination).get(i);
    }
  }

  /** What each combination costs or scores: the sum over its decisions. */
  double[] sums(double[][] values) {
    return combinations.stream()
        .mapToDouble(
            combination ->
                IntStream.range(0, width())
                    .mapToDouble(i -> values[first + i][combination.get(i)])
                    .sum())
        .toArray();
  }
}
