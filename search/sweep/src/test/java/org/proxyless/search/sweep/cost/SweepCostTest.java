package org.proxyless.search.sweep.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepCostTest {
  @Test
  void withoutFailuresEqualCellsFillTheWorkersAgainAndAgain() {
    SweepLoad load = new SweepLoad(100, 2, 2, 1e6, 1e3);
    SweepCost cost = SweepCost.of(load, new Cluster(10, 0, 0, 0.5, 0));
    assertThat(cost.workerHours()).isEqualTo(200);
    assertThat(cost.leastHours()).isEqualTo(20);
    assertThat(cost.failures()).isZero();
    assertThat(cost.bytes()).isEqualTo(100 * (4 * 1e6 + 1e3));
  }

  @Test
  void moreWorkersThanCellsLeaveTheLongestCell() {
    SweepCost cost = SweepCost.of(new SweepLoad(10, 2, 3, 1, 1), new Cluster(50, 0, 0, 1, 0.5));
    assertThat(cost.leastHours()).isEqualTo(3.5);
  }

  @Test
  void workersThatLoseMoreThanTheyDoAreRefused() {
    assertThatThrownBy(
            () -> SweepCost.of(new SweepLoad(10, 2, 3, 1, 1), new Cluster(5, 2, 0, 1, 0.5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A thousand workers that fail; the model has to tell what then happens. */
  @ParameterizedTest
  @CsvSource({
    "20000, 1, 0.5, 0.002, 0.0166",
    "20000, 1, 1.0, 0.05, 0.1",
    "5000, 10, 0.3, 0.02, 0.5",
    "3000, 2, 0, 0.01, 0.0166",
    "600, 20, 0.4, 0.01, 0.25",
  })
  void theModelTellsWhatASimulationOfAThousandWorkersDoes(
      int cells, double hours, double spread, double failuresPerHour, double checkpointHours) {
    Cluster cluster = new Cluster(1000, failuresPerHour, 0.5, checkpointHours, 0.0055);
    double[] durations = durations(cells, hours, spread);
    SweepSimulation simulation = new SweepSimulation(cluster, durations, new SplittableRandom(5));
    simulation.run();
    double mean = java.util.Arrays.stream(durations).average().orElseThrow();
    double longest = java.util.Arrays.stream(durations).max().orElseThrow();
    SweepCost cost = SweepCost.of(new SweepLoad(cells, mean, longest, 1, 0), cluster);

    assertThat(simulation.finished()).isEqualTo(cells);
    assertThat(simulation.workerHours())
        .isCloseTo(cost.workerHours(), Percentage.withPercentage(2));
    assertThat((double) simulation.failures())
        .isCloseTo(cost.failures(), within(4 * Math.sqrt(cost.failures())));
    assertThat((double) simulation.checkpointsSent())
        .isCloseTo(cost.bytes(), Percentage.withPercentage(5));
    assertThat(simulation.hours()).isBetween(0.99 * cost.leastHours(), 1.01 * cost.mostHours());
  }

  /** Log-normal, with this mean and a standard deviation of this share of it. */
  private static double[] durations(int cells, double mean, double spread) {
    SplittableRandom random = new SplittableRandom(7);
    double variance = Math.log(1 + spread * spread);
    return random
        .doubles(cells)
        .map(any -> mean * Math.exp(Math.sqrt(variance) * random.nextGaussian() - variance / 2))
        .toArray();
  }
}
