package org.proxyless.search.strategy.fidelity;

import java.util.Arrays;

/**
 * A network that is to be trained so far.
 *
 * @param path the candidate of each choice
 * @param rung which of the budgets it is trained with, from 0
 */
public record Trial(int[] path, int rung) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Trial trial && rung == trial.rung && Arrays.equals(path, trial.path);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(path) + rung;
  }

  @Override
  public String toString() {
    return Arrays.toString(path) + " at rung " + rung;
  }
}
