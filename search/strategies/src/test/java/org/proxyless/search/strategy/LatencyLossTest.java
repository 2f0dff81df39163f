package org.proxyless.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.strategy.gradient.GradientStrategy;
import org.proxyless.search.strategy.latency.AddLinearLoss;
import org.proxyless.search.strategy.latency.MulLogLoss;

class LatencyLossTest {
  private static final SpaceLatency LATENCY =
      new SpaceLatency(0.7, new double[][] {{1, 2, 4}, {0.5, 3, 0}, {2, 1, 1.5}});

  @Property
  void slopesEqualFiniteDifferences(
      @ForAll @DoubleRange(min = 0.01, max = 5) double crossEntropy,
      @ForAll @DoubleRange(min = 0.2, max = 20) double expectedMillis) {
    for (LatencyLoss loss : new LatencyLoss[] {new MulLogLoss(3), new AddLinearLoss(3)}) {
      double step = 1e-6;
      assertThat(loss.crossEntropySlope(crossEntropy, expectedMillis))
          .isCloseTo(
              (loss.value(crossEntropy + step, expectedMillis)
                      - loss.value(crossEntropy - step, expectedMillis))
                  / (2 * step),
              within(1e-6));
      assertThat(loss.latencySlope(crossEntropy, expectedMillis))
          .isCloseTo(
              (loss.value(crossEntropy, expectedMillis + step)
                      - loss.value(crossEntropy, expectedMillis - step))
                  / (2 * step),
              within(1e-6));
    }
  }

  @Test
  void mulLogIsThePublishedLossAtThePublishedTarget() {
    double published = 0.2 * 1.5 * Math.pow(Math.log(95) / Math.log(80), 0.3);
    assertThat(new MulLogLoss(80).value(1.5, 95)).isCloseTo(published, within(1e-12));
    // The unit doesn't matter: seconds give the same.
    assertThat(new MulLogLoss(0.08).value(1.5, 0.095)).isCloseTo(published, within(1e-12));
  }

  @Test
  void theProjectionLeavesAnArchitectureWithinTheTargetAsItIs() {
    double[][] alphas = {{0.1, 0.2, 0.3}, {0, 0, 0}, {1, 2, 3}};
    double[][] kept = {{0.1, 0.2, 0.3}, {0, 0, 0}, {1, 2, 3}};
    new TargetProjection(LATENCY, 9).project(alphas);
    assertThat(alphas).isDeepEqualTo(kept);
  }

  @Test
  void theProjectionEndsAtTheTargetAndNowhereBelow() {
    SplittableRandom random = new SplittableRandom(1);
    for (int repeat = 0; repeat < 200; repeat++) {
      double[][] alphas = new double[3][3];
      for (double[] edge : alphas) {
        for (int c = 0; c < 3; c++) {
          edge[c] = random.nextGaussian(0, 3);
        }
      }
      double before = LATENCY.expectedMillis(Categorical.softmax(alphas));
      double target = random.nextDouble(LATENCY.minMillis() + 1e-3, LATENCY.maxMillis());
      new TargetProjection(LATENCY, target).project(alphas);
      double after = LATENCY.expectedMillis(Categorical.softmax(alphas));
      assertThat(after).isLessThanOrEqualTo(target);
      assertThat(after).isCloseTo(Math.min(before, target), within(1e-6 * target));
    }
  }

  @Test
  void severalLimitsAreKeptAtOnce() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] sizes = {{9e6, 1e6, 2e6}, {3e6, 1e5, 5e5}, {1e6, 4e6, 2e6}};
    for (int repeat = 0; repeat < 200; repeat++) {
      double[][] alphas = new double[3][3];
      for (double[] edge : alphas) {
        for (int c = 0; c < 3; c++) {
          edge[c] = random.nextGaussian(0, 3);
        }
      }
      // The path {1, 2, 0} keeps both: 4.7 ms and 2.5e6.
      Limit latency = Limit.latency(LATENCY, 4.8 + random.nextDouble());
      Limit size = new Limit("parameters", 2.6e6 + 1e6 * random.nextDouble(), 0, sizes);
      new TargetProjection(List.of(latency, size)).project(alphas);
      double[][] p = Categorical.softmax(alphas);
      assertThat(latency.expected(p)).isLessThanOrEqualTo(latency.most() * (1 + 1e-6));
      assertThat(size.expected(p)).isLessThanOrEqualTo(size.most() * (1 + 1e-6));
    }
  }

  /** Among all distributions at the target, the tilted one has the least relative entropy. */
  @Test
  void theProjectionIsTheNearestDistribution() {
    SpaceLatency latency = new SpaceLatency(0, new double[][] {{1, 2, 4}});
    double[][] alphas = {{0.2, -0.3, 1}};
    double[] p = Categorical.softmax(alphas[0]);
    new TargetProjection(latency, 2).project(alphas);
    double[] projected = Categorical.softmax(alphas[0]);
    for (double first = 0.01; first < 1; first += 0.01) {
      double third = (2 - 2 + first) / 2; // E = first + 2·second + 4·third = 2, sum 1
      double second = 1 - first - third;
      if (second > 0) {
        assertThat(divergence(projected, p))
            .isLessThanOrEqualTo(divergence(new double[] {first, second, third}, p) + 1e-9);
      }
    }
  }

  private static double divergence(double[] q, double[] p) {
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      sum += q[i] * Math.log(q[i] / p[i]);
    }
    return sum;
  }

  /** Published losses push without end: with nothing to choose by but latency, all is cheapest. */
  @Test
  void wherePathsAreEquallyGoodAPublishedLossEndsAtTheCheapest() {
    int[] sizes = {3, 3, 3};
    FakeEvaluator equal = new FakeEvaluator(sizes, path -> 0.5);
    for (LatencyLoss loss : new LatencyLoss[] {new MulLogLoss(5), new AddLinearLoss(5)}) {
      for (boolean two : new boolean[] {true, false}) {
        GradientStrategy strategy =
            new GradientStrategy(sizes, LATENCY, loss, two, 0.02, new SplittableRandom(2));
        for (int step = 0; step < 600; step++) {
          strategy.architectureStep(equal, FakeEvaluator.BATCH);
        }
        assertThat(strategy.propose(100).get(0)).containsExactly(0, 2, 1);
        assertThat(LATENCY.expectedMillis(strategy.probabilities()))
            .isCloseTo(LATENCY.minMillis(), within(0.05 * LATENCY.minMillis()));
      }
    }
  }
}
