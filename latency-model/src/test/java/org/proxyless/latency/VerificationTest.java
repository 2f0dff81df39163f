package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;

class VerificationTest {
  private final LatencyTable table = Samples.table().build().withVerification(Samples.VERIFICATION);

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, 0",
    "4.9, 0",
    "5.1, 0.02",
    "7.9, 0.02",
    "8.1, 0.05",
    "11, 0.05",
    "99, 0.05"
  })
  void theMarginIsThatOfTheThirdAndNeverNegative(double latencyMillis, double margin) {
    assertThat(table.margin(latencyMillis)).isEqualTo(margin);
  }

  @Test
  void withoutARangeTheWorstCounts() {
    assertThat(verification(5, 5, List.of(0.01, 0.04, -0.1)).margin(5)).isEqualTo(0.04);
  }

  @Test
  void aTableThatWasNeverVerifiedSaysSo() {
    assertThat(table.isVerified()).isTrue();
    LatencyTable never = Samples.table().build();
    assertThat(never.isVerified()).isFalse();
    assertThat(never.margin(5)).isZero();
  }

  @Test
  void anotherCorrectionMakesTheResidualsVoid() {
    assertThat(table.withCorrection(Correction.of(1, Map.of())).isVerified()).isFalse();
  }

  @Test
  void whatCannotBeResidualsIsRefused() {
    assertRefused(0, 5, List.of(0.1, 0.1, 0.1));
    assertRefused(6, 5, List.of(0.1, 0.1, 0.1));
    assertRefused(5, Double.POSITIVE_INFINITY, List.of(0.1, 0.1, 0.1));
    assertRefused(4, 5, List.of(0.1, 0.1));
    assertRefused(4, 5, List.of(0.1, Double.NaN, 0.1));
    assertThatThrownBy(() -> Correction.of(Double.NaN, Map.of()))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Correction.of(0, Map.of("x", Double.NaN)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'x'");
  }

  private static void assertRefused(double low, double high, List<Double> residuals) {
    assertThatThrownBy(() -> verification(low, high, residuals))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("verification");
  }

  private static Verification verification(double low, double high, List<Double> residuals) {
    return new Verification(Instant.EPOCH, 9, low, high, residuals, 0.1, 0.5, 0.6, 0.7);
  }
}
