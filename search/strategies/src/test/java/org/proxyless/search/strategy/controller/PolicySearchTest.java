package org.proxyless.search.strategy.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.proxyless.search.strategy.blackbox.RewardBaseline;

class PolicySearchTest {
  @Test
  void theBaselineIsTheMovingAverageOfTheRewardsBefore() {
    RewardBaseline baseline = new RewardBaseline(0.9);
    assertThat(baseline.advantage(5)).isZero();
    assertThat(baseline.advantage(7)).isCloseTo(7 - 5, within(1e-12));
    double average = (0.09 * 5 + 0.1 * 7) / 0.19;
    assertThat(baseline.advantage(4)).isCloseTo(4 - average, within(1e-12));
  }

  /** The slope of min(ρA, clip(ρ)A) by log ρ, beyond and within the clip. */
  @Test
  void theRatioIsClippedWhereThatIsTheLesser() {
    assertThat(NasnetPpoSearch.weight(1.1, 2)).isCloseTo(2.2, within(1e-12));
    assertThat(NasnetPpoSearch.weight(1.3, 2)).isZero();
    assertThat(NasnetPpoSearch.weight(0.5, 2)).isCloseTo(1, within(1e-12));
    assertThat(NasnetPpoSearch.weight(0.7, -2)).isZero();
    assertThat(NasnetPpoSearch.weight(1.5, -2)).isCloseTo(-3, within(1e-12));
    for (double advantage : new double[] {2, -2}) {
      for (double ratio : new double[] {0.5, 0.9, 1.1, 1.5}) {
        double h = 1e-6;
        double slope = objective(ratio * Math.exp(h), advantage);
        slope = (slope - objective(ratio * Math.exp(-h), advantage)) / (2 * h);
        assertThat(NasnetPpoSearch.weight(ratio, advantage)).isCloseTo(slope, within(1e-6));
      }
    }
  }

  private static double objective(double ratio, double advantage) {
    double clipped = Math.max(0.8, Math.min(1.2, ratio));
    return Math.min(ratio * advantage, clipped * advantage);
  }
}
