package org.proxyless.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decisions in groups that are free of each other: the combinations of a coupling are the options
 * of one group, and a decision without a coupling is a group of its own. So whoever chooses freely
 * chooses groups.
 */
public final class Groups {
  private final int decisions;
  private final List<Optional<Coupling>> groups = new ArrayList<>();
  private final List<Integer> firsts = new ArrayList<>();

  /**
   * @param decisions how many there are
   * @param couplings in order, none of which shares a decision with another
   */
  public Groups(int decisions, List<Coupling> couplings) {
    this.decisions = decisions;
    int next = 0;
    for (Coupling coupling : couplings) {
      if (coupling.first() < next || coupling.end() > decisions) {
        throw new IllegalArgumentException(
            "a coupling of the decisions from "
                + coupling.first()
                + " to "
                + (coupling.end() - 1)
                + " does not fit "
                + decisions
                + " decisions behind "
                + next);
      }
      addSingles(next, coupling.first());
      groups.add(Optional.of(coupling));
      firsts.add(coupling.first());
      next = coupling.end();
    }
    addSingles(next, decisions);
  }

  private void addSingles(int from, int to) {
    for (int decision = from; decision < to; decision++) {
      groups.add(Optional.empty());
      firsts.add(decision);
    }
  }

  /** By group and option, from figures by decision and option: sums over a group's decisions. */
  public double[][] sums(double[][] values) {
    return IntStream.range(0, groups.size())
        .mapToObj(
            group ->
                groups
                    .get(group)
                    .map(coupling -> coupling.sums(values))
                    .orElseGet(() -> values[firsts.get(group)].clone()))
        .toArray(double[][]::new);
  }

  /** How many options each group has, given those of the decisions. */
  int[] sizes(int[] ofDecisions) {
    return IntStream.range(0, groups.size())
        .map(
            group ->
                groups
                    .get(group)
                    .map(coupling -> coupling.combinations().size())
                    .orElse(ofDecisions[firsts.get(group)]))
        .toArray();
  }

  /** The options of the decisions, from those of the groups. */
  public int[] decisions(int[] options) {
    int[] choice = new int[decisions];
    for (int group = 0; group < options.length; group++) {
      int option = options[group];
      int first = firsts.get(group);
      groups
          .get(group)
          .ifPresentOrElse(coupling -> coupling.put(option, choice), () -> choice[first] = option);
    }
    return choice;
  }
}
