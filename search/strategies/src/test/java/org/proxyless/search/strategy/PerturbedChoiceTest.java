package org.proxyless.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;

class PerturbedChoiceTest {
  private static final double[] P = {0.6, 0.3, 0.1};
  private static final double[][] LOGS = {logs(P), logs(P), logs(P)};
  private static final SpaceLatency LATENCY =
      new SpaceLatency(0, new double[][] {{3, 2, 1}, {3, 2, 1}, {3, 2, 1}});

  private static double[] logs(double[] p) {
    return Arrays.stream(p).map(Math::log).toArray();
  }

  private static int[] best(double[][] scores) {
    return OperatorChoice.best(scores, LATENCY, 7);
  }

  @Test
  void theLikeliestIsFirstAndAllAreDifferentAndKeepTheLimit() {
    List<int[]> drawn =
        PerturbedChoice.draw(LOGS, PerturbedChoiceTest::best, 8, new SplittableRandom(1));
    assertThat(drawn).hasSize(8);
    assertThat(drawn.get(0)).containsExactly(best(LOGS));
    assertThat(drawn.stream().map(Arrays::toString)).doesNotHaveDuplicates();
    assertThat(drawn).allMatch(path -> LATENCY.latencyMillis(path) <= 7);
  }

  @Test
  void theSameSeedGivesTheSameNetworks() {
    List<int[]> one =
        PerturbedChoice.draw(LOGS, PerturbedChoiceTest::best, 5, new SplittableRandom(3));
    assertThat(PerturbedChoice.draw(LOGS, PerturbedChoiceTest::best, 5, new SplittableRandom(3)))
        .usingRecursiveComparison()
        .isEqualTo(one);
  }

  @Test
  void whereOneNetworkKeepsTheLimitItIsTheOnlyOne() {
    assertThat(
            PerturbedChoice.draw(
                LOGS,
                scores -> OperatorChoice.best(scores, LATENCY, 3),
                5,
                new SplittableRandom(1)))
        .hasSize(1)
        .allMatch(path -> Arrays.equals(path, new int[] {2, 2, 2}));
  }

  /** Noise of scale s makes the greatest a sample of p^(1/s). */
  @Test
  void withoutALimitTheyAreSamplesOfTheProbabilitiesSharpened() {
    SplittableRandom random = new SplittableRandom(2);
    double[][] one = {logs(P)};
    double[] share = new double[P.length];
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      share[Gumbel.hard(Gumbel.perturbed(one, 0.5, random))[0]] += 1.0 / draws;
    }
    double sum = Arrays.stream(P).map(p -> p * p).sum();
    for (int c = 0; c < P.length; c++) {
      assertThat(share[c]).isCloseTo(P[c] * P[c] / sum, within(0.006));
    }
  }
}
