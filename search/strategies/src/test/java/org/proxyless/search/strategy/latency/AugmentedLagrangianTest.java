package org.proxyless.search.strategy.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.FakeEvaluator;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.TargetProjection;
import org.proxyless.search.strategy.gradient.GradientStrategy;

class AugmentedLagrangianTest {
  private static final SpaceLatency LATENCY =
      new SpaceLatency(0.5, new double[][] {{1, 2, 4, 0}, {0.5, 3, 1, 0}, {2, 1, 1.5, 0}});

  @Property
  void slopesEqualFiniteDifferences(
      @ForAll @IntRange(min = 0, max = 30) int steps,
      @ForAll @DoubleRange(min = 3.01, max = 9) double start,
      @ForAll @DoubleRange(min = 0.2, max = 9) double expectedMillis) {
    AugmentedLagrangian loss = new AugmentedLagrangian(3, 20);
    for (int step = 0; step < steps; step++) {
      loss.adapt(start);
    }
    double step = 1e-6;
    double difference =
        (loss.value(1.3, expectedMillis + step) - loss.value(1.3, expectedMillis - step))
            / (2 * step);
    assertThat(loss.latencySlope(1.3, expectedMillis)).isCloseTo(difference, within(1e-5));
    assertThat(loss.latencySlope(1.3, expectedMillis)).isNotNegative();
    assertThat(loss.crossEntropySlope(1.3, expectedMillis)).isEqualTo(1);
  }

  @Test
  void anArchitectureWithinTheTargetIsNotPushed() {
    AugmentedLagrangian loss = new AugmentedLagrangian(3, 20);
    for (int step = 0; step < 50; step++) {
      assertThat(loss.latencySlope(1, 2.9)).isZero();
      assertThat(loss.value(1, 2.9)).isEqualTo(1);
      loss.adapt(2.9);
    }
  }

  @Test
  void theTargetIsLoweredStepByStep() {
    AugmentedLagrangian loss = new AugmentedLagrangian(3, 10);
    loss.adapt(5);
    for (int step = 1; step < 10; step++) {
      double onTheRamp = 5 - 0.2 * step;
      assertThat(loss.latencySlope(1, onTheRamp - 1e-9)).isZero(); // λ is still 0
      assertThat(loss.latencySlope(1, onTheRamp + 1e-3)).isPositive();
      loss.adapt(onTheRamp - 1e-9);
    }
    assertThat(loss.latencySlope(1, 3 - 1e-9)).isZero();
    assertThat(loss.latencySlope(1, 3 + 1e-3)).isPositive();
  }

  @Test
  void whatWasLearnedGoesOnElsewhere() {
    AugmentedLagrangian first = new AugmentedLagrangian(3, 10);
    for (int step = 0; step < 4; step++) {
      first.adapt(5);
    }
    AugmentedLagrangian other = new AugmentedLagrangian(3, 10);
    other.restore(first.state());
    assertThat(other.value(1.3, 4)).isEqualTo(first.value(1.3, 4));
    assertThat(other.latencySlope(1.3, 4)).isEqualTo(first.latencySlope(1.3, 4)).isPositive();
  }

  @Test
  void aTargetThatIsNoLatencyIsAProgrammingError() {
    assertThatThrownBy(() -> new AugmentedLagrangian(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Dearer operators have the better loss, as in real spaces: without a limit E ends at 8.5 ms. */
  private record DearIsGood(int[] edgeSizes) implements PathEvaluator {
    @Override
    public PathScore score(int[] path, Batch batch) {
      return new PathScore(1, 0.5);
    }

    @Override
    public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
      double[][] gradient = new double[edgeSizes.length][];
      for (int e = 0; e < gradient.length; e++) {
        gradient[e] = new double[edgeSizes[e]];
        for (int c = 0; c < gradient[e].length; c++) {
          gradient[e][c] = -Math.sqrt(LATENCY.operatorMillis()[e][c]);
        }
      }
      return new GateGradients(score(path, batch), gradient);
    }
  }

  @Test
  void bothMethodsOfTheTargetLandThereWhereAlinearPenaltyDoesNot() {
    int steps = 600;
    for (double target : new double[] {2, 3, 4}) {
      double projected = landed(new TargetProjection(LATENCY, target), steps);
      double lagrangian = landed(new AugmentedLagrangian(target, steps / 2), steps);
      double linear = landed(new AddLinearLoss(target), steps);
      assertThat(projected).isCloseTo(target, within(1e-6 * target));
      assertThat(lagrangian).isCloseTo(target, within(0.05 * target));
      assertThat(Math.abs(linear / target - 1)).isGreaterThan(0.5);
    }
  }

  private static double landed(LatencyLoss loss, int steps) {
    int[] sizes = {4, 4, 4};
    GradientStrategy strategy =
        new GradientStrategy(sizes, LATENCY, loss, false, 0.03, new SplittableRandom(4));
    for (int step = 0; step < steps; step++) {
      strategy.architectureStep(new DearIsGood(sizes), FakeEvaluator.BATCH);
    }
    return LATENCY.expectedMillis(strategy.probabilities());
  }
}
