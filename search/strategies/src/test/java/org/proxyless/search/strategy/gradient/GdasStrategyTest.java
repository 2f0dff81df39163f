package org.proxyless.search.strategy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.FakeEvaluator;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.Gumbel;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.TargetProjection;

class GdasStrategyTest {
  private static final SpaceLatency LATENCY =
      new SpaceLatency(0.5, new double[][] {{1, 2, 3}, {1, 2, 3}});
  private static final double TARGET = 4.2;

  private static GdasStrategy strategy(double targetMillis, int steps, long seed) {
    return new GdasStrategy(
        new int[] {3, 3},
        LATENCY,
        new TargetProjection(LATENCY, targetMillis),
        0.1,
        steps,
        List.of(),
        new SplittableRandom(seed));
  }

  /** Gates whose loss falls with candidate 1 of either edge; hears what a step evaluates. */
  private static final class Slopes implements PathEvaluator {
    private int[] path;
    private boolean[][] sampled;

    @Override
    public int[] edgeSizes() {
      return new int[] {3, 3};
    }

    @Override
    public PathScore score(int[] path, Batch batch) {
      return new PathScore(1, 0);
    }

    @Override
    public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
      this.path = path;
      this.sampled = sampled;
      double[][] values = new double[2][3];
      for (int e = 0; e < 2; e++) {
        values[e][path[e]] = path[e] == 1 ? -1 : 1;
      }
      return new GateGradients(score(path, batch), values);
    }
  }

  /** At fixed noise, the gates taken for the shares z: ∂/∂a of Σ gate gradients · z(a). */
  @Test
  void theGradientGoesStraightThroughToTheShares() {
    double[] alphas = {0.3, -0.2, 0.9};
    double[] noise = {0.8, -0.3, 1.9};
    double[] gates = {0, 0, 1.3}; // only the drawn candidate ran
    double temperature = 2.5;
    double[][] shares = {Gumbel.relaxed(alphas, noise, temperature)};
    double[] actual = GdasStrategy.straightThrough(new double[][] {gates}, shares, temperature)[0];
    for (int i = 0; i < 3; i++) {
      double[] up = alphas.clone();
      double[] down = alphas.clone();
      up[i] += 1e-6;
      down[i] -= 1e-6;
      double expected =
          1.3
              * (Gumbel.relaxed(up, noise, temperature)[2]
                  - Gumbel.relaxed(down, noise, temperature)[2])
              / 2e-6;
      assertThat(actual[i]).isCloseTo(expected, within(1e-8));
    }
  }

  @Test
  void onlyTheDrawnCandidatesRun() {
    Slopes slopes = new Slopes();
    GdasStrategy strategy = strategy(100, 50, 1);
    for (int step = 0; step < 50; step++) {
      strategy.architectureStep(slopes, FakeEvaluator.BATCH);
      for (int e = 0; e < 2; e++) {
        boolean[] alone = new boolean[3];
        alone[slopes.path[e]] = true;
        assertThat(slopes.sampled[e]).isEqualTo(alone);
      }
    }
  }

  @Test
  void pathsAreDrawnFromTheProbabilities() {
    GdasStrategy strategy = strategy(TARGET, 10, 2);
    double[] expected = strategy.probabilities()[0];
    double[] shares = new double[3];
    int draws = 50_000;
    for (int i = 0; i < draws; i++) {
      shares[strategy.samplePath()[0]] += 1.0 / draws;
    }
    assertThat(shares).containsExactly(expected, within(4 * Math.sqrt(0.25 / draws)));
  }

  @Test
  void theTemperatureFallsFromTenToATenthAlongALine() {
    FallingTemperature temperature = GdasStrategy.temperature(101);
    assertThat(temperature.value()).isEqualTo(10);
    fall(temperature, 50);
    assertThat(temperature.value()).isCloseTo(5.05, within(1e-12));
    fall(temperature, 50);
    assertThat(temperature.value()).isCloseTo(0.1, within(1e-12));
    fall(temperature, 400);
    assertThat(temperature.value()).isCloseTo(0.1, within(1e-12));
  }

  static void fall(FallingTemperature temperature, int steps) {
    for (int i = 0; i < steps; i++) {
      temperature.fall();
    }
  }

  @Test
  void whatLowersTheLossWinsWithinTheTarget() {
    GdasStrategy strategy = strategy(TARGET, 300, 3);
    for (int step = 0; step < 300; step++) {
      strategy.architectureStep(new Slopes(), FakeEvaluator.BATCH);
      assertThat(LATENCY.expectedMillis(strategy.probabilities()))
          .isLessThanOrEqualTo(TARGET * (1 + 1e-9));
    }
    // Both second candidates would take 4.5 ms: one of them is what the target allows.
    int[] path = strategy.propose(TARGET).get(0);
    assertThat(LATENCY.latencyMillis(path)).isLessThanOrEqualTo(TARGET);
    assertThat(Arrays.stream(path).filter(candidate -> candidate == 1).count()).isEqualTo(1);
  }

  @Test
  void theSameSeedGivesTheSameSearch() {
    double[][][] ends = new double[2][][];
    for (int run = 0; run < 2; run++) {
      GdasStrategy strategy = strategy(TARGET, 20, 7);
      for (int step = 0; step < 20; step++) {
        strategy.architectureStep(new Slopes(), FakeEvaluator.BATCH);
      }
      ends[run] = strategy.probabilities();
    }
    assertThat(ends[1]).isDeepEqualTo(ends[0]);
  }
}
