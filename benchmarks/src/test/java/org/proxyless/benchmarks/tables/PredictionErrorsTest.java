package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.Verification;

class PredictionErrorsTest {
  /**
   * At the speed of the table nothing is added; a machine twice as slow or quick says as little.
   */
  @Test
  void theFurtherAMachineIsFromItsTablesSpeedTheLessIsCertain() {
    assertThat(Reference.relativeDeviation(1)).isZero();
    assertThat(Reference.relativeDeviation(1.3)).isBetween(0.02, 0.03);
    assertThat(Reference.relativeDeviation(0.5))
        .isCloseTo(Reference.relativeDeviation(2), within(1e-12));
  }

  @Test
  void errorsAreRelativeToThePredictionAndSigned() {
    PredictionErrors errors =
        PredictionErrors.of(
            List.of(
                new Prediction(10, 10.4), // + 4 %
                new Prediction(20, 18.4), // - 8 %
                new Prediction(40, 48))); // + 20 %

    assertThat(errors.networks()).isEqualTo(3);
    assertThat(errors.within5Percent()).isEqualTo(1 / 3.0);
    assertThat(errors.within10Percent()).isEqualTo(2 / 3.0);
    assertThat(errors.meanAbsoluteRelativeError()).isCloseTo(0.32 / 3, within(1e-12));
    assertThat(errors.meanSignedRelativeError()).isCloseTo(0.16 / 3, within(1e-12));
    assertThat(errors.rmseMillis()).isCloseTo(Math.sqrt((0.16 + 2.56 + 64) / 3), within(1e-12));
    assertThat(errors.spearman()).isEqualTo(1);
    // Too few for a percentile of each third: mean + t·s·√(1 + 1/n), t = 2.92 for n = 3.
    double bound = 0.16 / 3 + 2.919986 * Math.sqrt(0.0197333333 * 4 / 3);
    assertThat(errors.residual95()).hasSize(3).allMatch(r -> Math.abs(r - bound) < 1e-6);
  }

  @Test
  void aStraightLineIsFoundWithItsIntervals() {
    PredictionErrors errors =
        PredictionErrors.of(
            IntStream.range(1, 50)
                .mapToObj(i -> new Prediction(i, 2 + 1.1 * i + (i % 2 == 0 ? 0.01 : -0.01)))
                .toList());

    assertThat(errors.slope()).isCloseTo(1.1, within(1e-3));
    assertThat(errors.interceptMillis()).isCloseTo(2, within(1e-2));
    assertThat(errors.slopeInterval95().get(0)).isLessThan(1.1).isGreaterThan(1.099);
    assertThat(errors.slopeInterval95().get(1)).isGreaterThan(1.1).isLessThan(1.101);
    assertThat(errors.interceptInterval95Millis().get(0)).isLessThan(2).isGreaterThan(1.98);
    assertThat(errors.interceptInterval95Millis().get(1)).isGreaterThan(2).isLessThan(2.02);
  }

  @Test
  void theTableKeepsTheMarginOfEachThird() {
    List<Prediction> predictions =
        IntStream.rangeClosed(20, 80)
            .mapToObj(i -> i / 2.0)
            .map(i -> new Prediction(i, i * (i < 20 ? 0.98 : i < 30 ? 1.03 : 1.06)))
            .toList();
    Verification kept = PredictionErrors.verification(predictions, Instant.EPOCH);

    assertThat(kept.margin(12)).isZero();
    assertThat(kept.margin(25)).isCloseTo(0.03, within(1e-9));
    assertThat(kept.margin(39)).isCloseTo(0.06, within(1e-9));
  }
}
