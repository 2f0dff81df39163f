package org.proxyless.search.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Against SciPy 1.17.1. */
class SampleTest {
  private final Sample five = new Sample(List.of(0.912, 0.905, 0.921, 0.909, 0.917));

  @Test
  void theIntervalOfAMeanIsStudents() {
    assertThat(five.mean()).isCloseTo(0.9128, within(1e-12));
    Interval interval = five.interval95().orElseThrow();
    assertThat(interval.low()).isCloseTo(0.9049274194018543, within(1e-9));
    assertThat(interval.high()).isCloseTo(0.9206725805981458, within(1e-9));
  }

  @Test
  void aSingleValueHasNoInterval() {
    assertThat(new Sample(List.of(0.9)).interval95()).isEmpty();
  }

  @Test
  void theIntervalOfAShareIsWilsons() {
    Interval interval = Interval.ofShare(79, 100);
    assertThat(interval.low()).isCloseTo(0.7002003116591013, within(1e-6));
    assertThat(interval.high()).isCloseTo(0.858343459380847, within(1e-6));
  }

  @Test
  void noValuesOrNoNumbersAreRefused() {
    assertThatThrownBy(() -> new Sample(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Sample(List.of(1.0, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
