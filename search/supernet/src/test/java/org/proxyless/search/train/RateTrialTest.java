package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.proxyless.search.strategy.PathScore;

class RateTrialTest {
  private static final RateTrial TRIAL = new RateTrial(List.of(0.4, 0.2, 0.1), 5);

  private static double best(double start, double first, double second, double third) {
    Map<Double, Double> accuracies = Map.of(0.4, first, 0.2, second, 0.1, third);
    return TRIAL.best(new PathScore(1, start), r -> new PathScore(1, accuracies.get(r)));
  }

  @Test
  void theHighestRateThatDestroysNothingIsTaken() {
    assertThat(best(0.866, 0.80, 0.855, 0.87)).isEqualTo(0.2);
    assertThat(best(0.866, 0.86, 0.855, 0.87)).isEqualTo(0.4);
  }

  @Test
  void whereEachDestroysTheOneThatDestroysLeast() {
    assertThat(best(0.9, 0.1, 0.5, 0.6)).isEqualTo(0.1);
    assertThat(best(0.9, 0.1, 0.6, 0.5)).isEqualTo(0.2);
  }

  @Test
  void aTrialIsAFewStepsAtRatesFromTheHighestDown() {
    RateTrial trial = RateTrial.of(0.4, 1000);
    assertThat(trial.rates()).containsExactly(0.4, 0.2, 0.1);
    assertThat(trial.steps() * trial.rates().size()).isBetween(3L, 100L);
  }
}
