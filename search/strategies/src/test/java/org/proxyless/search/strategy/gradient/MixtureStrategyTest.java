package org.proxyless.search.strategy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.FakeEvaluator;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.Gumbel;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.QuadraticWeights;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.TargetProjection;
import org.proxyless.search.strategy.WeightTrainer;
import org.proxyless.search.strategy.latency.MulLogLoss;

class MixtureStrategyTest {
  private static final double[][] MILLIS = {{1, 2, 4}, {0.5, 3}};
  private static final SpaceLatency LATENCY = new SpaceLatency(0.7, MILLIS);
  private static final int[] SIZES = {3, 2};
  private static final double TARGET = 3.5;
  private static final Batch BATCH = FakeEvaluator.BATCH;

  private static double crossEntropy(double[][] z) {
    return 1 + Math.sin(1.7 * z[0][0] + z[1][1]) + z[0][1] * z[0][1] * z[1][0] - 0.4 * z[0][2];
  }

  private static double[][] slopes(ToDoubleFunction<double[][]> f, double[][] at) {
    double[][] gradient = {new double[3], new double[2]};
    for (int e = 0; e < 2; e++) {
      for (int c = 0; c < at[e].length; c++) {
        double[][] x = {at[0].clone(), at[1].clone()};
        x[e][c] += 1e-6;
        gradient[e][c] = f.applyAsDouble(x);
        x[e][c] -= 2e-6;
        gradient[e][c] = (gradient[e][c] - f.applyAsDouble(x)) / 2e-6;
      }
    }
    return gradient;
  }

  /** The loss of cross-entropy and latency as a function of a, differenced as a whole. */
  private static void assertIsTheSlope(UnaryOperator<double[][]> shares, double temperature) {
    double[][] alphas = {{0.3, -0.2, 0.9}, {-1, 0.4}};
    LatencyLoss loss = new MulLogLoss(TARGET);
    double[][] z = shares.apply(alphas);
    GateGradients seen =
        new GateGradients(
            new PathScore(crossEntropy(z), 0), slopes(MixtureStrategyTest::crossEntropy, z));
    double[][] actual =
        MixtureStrategy.gradient(new MixtureStrategy.Mixture(z, temperature), seen, LATENCY, loss);
    double[][] expected =
        slopes(
            a -> {
              double[][] mixed = shares.apply(a);
              return loss.value(crossEntropy(mixed), LATENCY.expectedMillis(mixed));
            },
            alphas);
    for (int e = 0; e < 2; e++) {
      assertThat(actual[e]).containsExactly(expected[e], within(1e-7));
    }
  }

  @Test
  void theGradientOfSnasIsTheSlopeOfTheLossAtFixedNoise() {
    double[][] noise = {{0.8, -0.3, 1.9}, {0.1, 2.2}};
    for (double temperature : new double[] {1, 0.35}) {
      assertIsTheSlope(
          a ->
              new double[][] {
                Gumbel.relaxed(a[0], noise[0], temperature),
                Gumbel.relaxed(a[1], noise[1], temperature)
              },
          temperature);
    }
  }

  @Test
  void theGradientOfDartsIsTheSlopeOfTheLoss() {
    assertIsTheSlope(Categorical::softmax, 1);
  }

  private static DartsStrategy darts(boolean secondOrder, long seed) {
    return new DartsStrategy(
        SIZES,
        LATENCY,
        new TargetProjection(LATENCY, TARGET),
        secondOrder,
        0.05,
        List.of(),
        new SplittableRandom(seed));
  }

  private static SnasStrategy snas(long seed) {
    return new SnasStrategy(
        SIZES,
        LATENCY,
        new TargetProjection(LATENCY, TARGET),
        0.05,
        100,
        List.of(),
        new SplittableRandom(seed));
  }

  @Test
  void theArchitectureLearnsBeforeTheWeightsOfItsRound() {
    QuadraticWeights weights = QuadraticWeights.example();
    darts(false, 1).round(weights, BATCH, 0.1, Optional.of(BATCH));
    darts(true, 1).round(weights, BATCH, 0.1, Optional.of(BATCH));
    darts(true, 1).round(weights, BATCH, 0.1, Optional.empty());
    assertThat(weights.steps)
        .containsExactly("gradients", "weights", "look ahead", "weights", "weights");
  }

  @Test
  void theExpectedLatencyStaysAtMostTheTargetAndProposalsKeepIt() {
    for (MixtureStrategy strategy : List.of(darts(false, 1), darts(true, 1), snas(1))) {
      QuadraticWeights weights = QuadraticWeights.example();
      double greatest = 0;
      for (int step = 0; step < 100; step++) {
        Strategy.Round round = strategy.round(weights, BATCH, 0.1, Optional.of(BATCH));
        assertThat(round.architecture()).isPresent();
        greatest = Math.max(greatest, LATENCY.expectedMillis(strategy.probabilities()));
      }
      assertThat(greatest).isBetween(0.99 * TARGET, TARGET * (1 + 1e-9));
      int[] path = strategy.propose(TARGET).get(0);
      assertThat(LATENCY.latencyMillis(path)).isLessThanOrEqualTo(TARGET);
    }
  }

  /** Candidate 2 of the first edge has the steepest descent, and candidate 1 of the second. */
  @Test
  void withoutAConstraintTheSteepestDescentWins() {
    LatencyLoss loose = new TargetProjection(LATENCY, 100);
    SplittableRandom random = new SplittableRandom(4);
    for (MixtureStrategy strategy :
        List.of(
            new DartsStrategy(SIZES, LATENCY, loose, false, 0.05, List.of(), random.split()),
            new SnasStrategy(SIZES, LATENCY, loose, 0.05, 200, List.of(), random.split()))) {
      for (int step = 0; step < 200; step++) {
        strategy.round(QuadraticWeights.example(), BATCH, 0.1, Optional.of(BATCH));
      }
      assertThat(strategy.probabilities()[0][2]).isGreaterThan(0.9);
      assertThat(strategy.probabilities()[1][1]).isGreaterThan(0.9);
    }
  }

  @Test
  void theSecondOrderLearnsOtherwiseThanTheFirst() {
    DartsStrategy first = darts(false, 1);
    DartsStrategy second = darts(true, 1);
    QuadraticWeights weights = QuadraticWeights.example();
    QuadraticWeights others = QuadraticWeights.example();
    for (int step = 0; step < 5; step++) {
      first.round(weights, BATCH, 0.5, Optional.of(BATCH));
      second.round(others, BATCH, 0.5, Optional.of(BATCH));
    }
    assertThat(second.probabilities()[0]).isNotEqualTo(first.probabilities()[0]);
  }

  @Test
  void theSameSeedGivesTheSameSearch() {
    double[][][] ends = new double[3][][];
    for (int run = 0; run < 3; run++) {
      SnasStrategy strategy = snas(run == 2 ? 6 : 5);
      for (int step = 0; step < 20; step++) {
        strategy.round(QuadraticWeights.example(), BATCH, 0.1, Optional.of(BATCH));
      }
      ends[run] = strategy.probabilities();
    }
    assertThat(ends[1]).isDeepEqualTo(ends[0]);
    assertThat(ends[2][0]).isNotEqualTo(ends[0][0]);
  }

  @Test
  void theTemperatureFallsByTheSameFactorFromOneToATenth() {
    FallingTemperature temperature = SnasStrategy.temperature(101);
    assertThat(temperature.value()).isEqualTo(1);
    GdasStrategyTest.fall(temperature, 50);
    assertThat(temperature.value()).isCloseTo(Math.sqrt(0.1), within(1e-12));
    GdasStrategyTest.fall(temperature, 50);
    assertThat(temperature.value()).isCloseTo(0.1, within(1e-12));
    GdasStrategyTest.fall(temperature, 400);
    assertThat(temperature.value()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void weightsThatCannotBeMixedAreRefused() {
    WeightTrainer paths =
        new WeightTrainer() {
          @Override
          public PathScore trainWeights(int[] path, Batch training, double learningRate) {
            return new PathScore(0, 0);
          }

          @Override
          public int[] edgeSizes() {
            return SIZES;
          }

          @Override
          public PathScore score(int[] path, Batch batch) {
            return new PathScore(0, 0);
          }

          @Override
          public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
            return new GateGradients(score(path, batch), MILLIS);
          }
        };
    assertThatThrownBy(() -> darts(false, 1).round(paths, BATCH, 0.1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mixes");
  }
}
