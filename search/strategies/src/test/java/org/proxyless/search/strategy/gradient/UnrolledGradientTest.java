package org.proxyless.search.strategy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.proxyless.search.strategy.FakeEvaluator;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.QuadraticWeights;

class UnrolledGradientTest {
  private static final double[][] MIXTURE = {{0.2, 0.5, 0.3}, {0.6, 0.4}};
  private static final double RATE = 0.3;

  private static QuadraticWeights withMomentum() {
    QuadraticWeights weights = QuadraticWeights.example();
    weights.trainWeights(new double[][] {{1, 0, 0}, {0, 1}}, FakeEvaluator.BATCH, 0.1);
    return weights;
  }

  @Test
  void onAQuadraticItIsTheAnalyticOne() {
    QuadraticWeights weights = withMomentum();
    double[] expected = weights.analytic(MIXTURE, RATE);
    GateGradients actual =
        UnrolledGradient.of(weights, MIXTURE, FakeEvaluator.BATCH, FakeEvaluator.BATCH, RATE);
    assertThat(actual.values()[0])
        .containsExactly(new double[] {expected[0], expected[1], expected[2]}, within(1e-9));
    assertThat(actual.values()[1])
        .containsExactly(new double[] {expected[3], expected[4]}, within(1e-9));
  }

  /** The analytic gradient itself, against differences of the loss after the step. */
  @Test
  void itIsTheSlopeOfTheValidationLossAfterTheStep() {
    QuadraticWeights weights = withMomentum();
    double[][] actual =
        UnrolledGradient.of(weights, MIXTURE, FakeEvaluator.BATCH, FakeEvaluator.BATCH, RATE)
            .values();
    for (int e = 0; e < MIXTURE.length; e++) {
      for (int c = 0; c < MIXTURE[e].length; c++) {
        double[][] z = {MIXTURE[0].clone(), MIXTURE[1].clone()};
        z[e][c] += 1e-4;
        double difference = weights.validationLoss(weights.next(z, RATE), z);
        z[e][c] -= 2e-4;
        difference -= weights.validationLoss(weights.next(z, RATE), z);
        assertThat(actual[e][c]).isCloseTo(difference / 2e-4, within(1e-7));
      }
    }
  }

  @Test
  void withoutAStepItIsTheFirstOrder() {
    QuadraticWeights weights = withMomentum();
    double[][] first = weights.mixtureGradients(MIXTURE, FakeEvaluator.BATCH).values();
    double[][] actual =
        UnrolledGradient.of(weights, MIXTURE, FakeEvaluator.BATCH, FakeEvaluator.BATCH, 0).values();
    assertThat(actual).isDeepEqualTo(first);
  }
}
