package org.proxyless.search.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against SciPy 1.17.1. */
class DifferenceTest {
  private final Difference difference =
      difference(List.of(0.912, 0.905, 0.921, 0.909, 0.917), List.of(0.899, 0.903, 0.891));

  private static Difference difference(List<Double> first, List<Double> second) {
    return new Difference(new Sample(first), new Sample(second));
  }

  @Test
  void theTestIsWelchs() {
    assertThat(difference.mean()).isCloseTo(0.9128 - 2.693 / 3, within(1e-12));
    assertThat(difference.welchP().orElseThrow()).isCloseTo(0.024162434839479188, within(1e-9));
    Interval interval = difference.interval95().orElseThrow();
    assertThat(interval.low()).isCloseTo(0.0030839309828247993, within(1e-9));
    assertThat(interval.high()).isCloseTo(0.027182735683841865, within(1e-9));
  }

  @Test
  void theRankTestIsExact() {
    assertThat(difference.rankP()).isCloseTo(2.0 / 56, within(1e-12));
    assertThat(difference(List.of(1.0, 3.0, 4.0, 8.0), List.of(2.0, 5.0, 6.0, 7.0, 9.0)).rankP())
        .isCloseTo(0.4126984126984127, within(1e-12));
  }

  @Test
  void tiesShareTheirRanks() {
    assertThat(difference(List.of(1.0, 2.0, 2.0, 5.0), List.of(2.0, 0.0, 1.0)).rankP())
        .isCloseTo(10.0 / 35, within(1e-12));
  }

  @Test
  void theSameEverywhereIsNoDifference() {
    Difference none = difference(List.of(0.5, 0.5), List.of(0.5, 0.5));
    assertThat(none.rankP()).isEqualTo(1);
    assertThat(none.welchP()).isEmpty();
    assertThat(none.interval95()).isEmpty();
  }

  @Test
  void aSingleValueIsRankedButNotTested() {
    Difference one = difference(List.of(0.95), List.of(0.91, 0.92, 0.93));
    assertThat(one.welchP()).isEmpty();
    assertThat(one.rankP()).isEqualTo(0.5);
  }

  @Test
  void largeSamplesAreRankedApproximately() {
    List<Double> low =
        Arrays.stream(IntStream.range(0, 40).toArray()).mapToObj(i -> i + 0.0).toList();
    List<Double> high = low.stream().map(value -> value + 10.5).toList();
    assertThat(difference(low, high).rankP()).isBetween(1e-4, 0.05);
    assertThat(difference(low, high).rankP()).isEqualTo(difference(high, low).rankP());
  }
}
