package org.proxyless.search.job.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.Verification;
import org.proxyless.search.job.derive.Looks;

class LatencyTargetTest {
  private static final LatencyTable UNVERIFIED = LatencyTable.builder("test", "tiny").build();

  /** Thirds from 1 to 2, 3 and 4 ms. */
  private static LatencyTable verified(double... residuals) {
    return UNVERIFIED.withVerification(
        new Verification(
            Instant.EPOCH,
            20,
            1,
            4,
            List.of(residuals[0], residuals[1], residuals[2]),
            0.02,
            1,
            1,
            0.99));
  }

  @Test
  void aTableThatWasNeverVerifiedHasNoMarginAndSaysSo() {
    LatencyTarget target = LatencyTarget.of(2.5, LatencyTarget.MEDIAN, UNVERIFIED);
    assertThat(target.boundMillis()).isEqualTo(2.5);
    assertThat(target.verified()).isFalse();
  }

  @Test
  void theBoundIsLowerByTheMarginThatTheTableHasThere() {
    LatencyTarget target = LatencyTarget.of(2.5, LatencyTarget.MEDIAN, verified(0.03, 0.06, 0.1));
    assertThat(target.margin()).isEqualTo(0.06);
    assertThat(target.boundMillis()).isCloseTo(2.5 / 1.06, within(1e-12));
  }

  @Test
  void whereTheMarginLeadsIntoAThirdWithAGreaterOneThatCounts() {
    LatencyTarget target = LatencyTarget.of(2.05, LatencyTarget.MEDIAN, verified(0.2, 0.06, 0.1));
    assertThat(target.margin()).isEqualTo(0.2);
  }

  @Test
  void aTableThatPredictsTooMuchHasNoMargin() {
    assertThat(LatencyTarget.of(3, 50, verified(-0.1, -0.1, -0.1)).boundMillis()).isEqualTo(3);
  }

  /** At 1.3 times the table a latency at the table's speed is uncertain by 2.6 % besides. */
  @Test
  void whatTwoStandardErrorsWouldMeetIsNotMissed() {
    LatencyTarget target = LatencyTarget.of(2, LatencyTarget.MEDIAN, UNVERIFIED);
    WatchedMeasurement sure = Looks.calm(2.05);
    WatchedMeasurement unsure = new WatchedMeasurement(sure.network(), sure.drift(), 0.02);
    assertThat(target.verdict(sure)).isEqualTo(Verdict.MISSED);
    assertThat(target.verdict(unsure)).isEqualTo(Verdict.DRIFTED);
    assertThat(target.verdict(Looks.of(1.3 * 2.05, 3, 1.3))).isEqualTo(Verdict.DRIFTED);
    assertThat(target.verdict(Looks.of(1.3 * 2.15, 3, 1.3))).isEqualTo(Verdict.MISSED);
  }

  @Test
  void theVerdictIsAboutTheMedianOrTheTail() {
    LatencyTarget median = LatencyTarget.of(2, LatencyTarget.MEDIAN, UNVERIFIED);
    LatencyTarget tail = LatencyTarget.of(2, LatencyTarget.TAIL, UNVERIFIED);
    assertThat(median.verdict(Looks.of(2, 2.2, 1.04))).isEqualTo(Verdict.MET);
    assertThat(tail.verdict(Looks.of(2, 2.2, 1.04))).isEqualTo(Verdict.MISSED);
    assertThat(median.verdict(Looks.of(2.05, 2.2, 1.04))).isEqualTo(Verdict.DRIFTED);
    assertThat(median.verdict(Looks.of(2.11, 2.2, 1.04))).isEqualTo(Verdict.MISSED);
    assertThat(median.verdict(Looks.of(1.99, 2.2, 0.97))).isEqualTo(Verdict.MET);
    assertThat(median.verdict(Looks.of(2.01, 2.2, 0.96))).isEqualTo(Verdict.MISSED);
    assertThat(median.verdict(Looks.unwatched(1.9))).isEqualTo(Verdict.MET);
  }

  @Test
  void onAMachineThatDriftedTheVerdictStaysOpenUnlessItHoldsAtBothSpeeds() {
    LatencyTarget target = LatencyTarget.of(2, LatencyTarget.MEDIAN, UNVERIFIED);
    assertThat(target.verdict(Looks.of(1.9, 2.2, 0.94))).isEqualTo(Verdict.DRIFTED);
    assertThat(target.verdict(Looks.of(1.87, 2.2, 0.94))).isEqualTo(Verdict.MET);
    assertThat(target.verdict(Looks.of(2.1, 2.2, 0.94))).isEqualTo(Verdict.MISSED);
    assertThat(target.verdict(Looks.of(2.1, 2.2, 1.06))).isEqualTo(Verdict.DRIFTED);
    assertThat(target.verdict(Looks.of(2.0, 2.2, 1.06))).isEqualTo(Verdict.MET);
    assertThat(target.verdict(Looks.of(2.2, 2.2, 1.06))).isEqualTo(Verdict.MISSED);
  }
}
