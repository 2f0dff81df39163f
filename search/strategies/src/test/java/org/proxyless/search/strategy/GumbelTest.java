package org.proxyless.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GumbelTest {
  private static final int DRAWS = 100_000;

  /** P(argmax) = p at every temperature. */
  @ParameterizedTest
  @ValueSource(doubles = {10, 1, 0.1})
  void theGreatestShareIsADrawFromTheProbabilities(double temperature) {
    RandomGenerator random = new SplittableRandom(1);
    double[][] alphas = {{Math.log(0.6), Math.log(0.3), Math.log(0.1)}, {5, 5}};
    int[][] counts = {new int[3], new int[2]};
    for (int i = 0; i < DRAWS; i++) {
      int[] path = Gumbel.hard(Gumbel.shares(alphas, temperature, random));
      counts[0][path[0]]++;
      counts[1][path[1]]++;
    }
    double fourDeviations = 4 * Math.sqrt(0.25 / DRAWS);
    assertThat(counts[0][0] / (double) DRAWS).isCloseTo(0.6, within(fourDeviations));
    assertThat(counts[0][1] / (double) DRAWS).isCloseTo(0.3, within(fourDeviations));
    assertThat(counts[1][0] / (double) DRAWS).isCloseTo(0.5, within(fourDeviations));
  }

  @Test
  void noiseThatIsNotFiniteIsDrawnAgain() {
    RandomGenerator random =
        new RandomGenerator() {
          private final double[] draws = {0, 0, 1, 2}; // −ln 0 is infinite, and ∞ − ∞ no number
          private int next;

          @Override
          public double nextExponential() {
            return draws[next++];
          }

          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }
        };
    double[] shares = Gumbel.shares(new double[][] {{0, 0}}, 1, random)[0];
    assertThat(shares).containsExactly(new double[] {2 / 3.0, 1 / 3.0}, within(1e-12));
  }

  @Test
  void aHighTemperatureEvensTheSharesAndALowOneChooses() {
    double[][] alphas = {{0.3, -0.2, 0.9}};
    double[] even = Gumbel.shares(alphas, 1e6, new SplittableRandom(2))[0];
    assertThat(even).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-4));
    double[] hard = Gumbel.shares(alphas, 1e-3, new SplittableRandom(2))[0];
    assertThat(Arrays.stream(hard).max().orElseThrow()).isCloseTo(1, within(1e-6));
  }
}
