package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;

class TableComparisonTest {
  private static LatencyTable.Builder table(double a, double b, double c) {
    return LatencyTable.builder("d", "s")
        .put("a", LatencyEntry.ofMillis(a))
        .put("b", LatencyEntry.ofMillis(b))
        .put("c", LatencyEntry.ofMillis(c));
  }

  @Test
  void aTableIsLikeItself() {
    TableComparison same = TableComparison.of(Samples.table().build(), Samples.table().build());
    assertThat(same.medianDifference()).hasValue(0);
    assertThat(same.onlyFirst()).isEmpty();
    assertThat(same.onlySecond()).isEmpty();
    assertThat(same.fingerprintDifferences()).isEmpty();
  }

  @Test
  void aCommonShiftIsDividedOut() {
    TableComparison comparison =
        TableComparison.of(table(1, 2, 4).build(), table(1.1, 2.2, 4.84).build());
    assertThat(comparison.medianRatio().orElseThrow()).isCloseTo(1.1, within(1e-12));
    assertThat(comparison.medianDifference().orElseThrow()).isCloseTo(0.1, within(1e-12));
    assertThat(comparison.medianScaledDifference().orElseThrow()).isCloseTo(0, within(1e-12));
    assertThat(comparison.rows().get(2).ratio().orElseThrow()).isCloseTo(1.21, within(1e-12));
  }

  @Test
  void whatOneTableAloneHasIsListed() {
    LatencyTable more =
        table(1, 2, 3)
            .put("x", LatencyEntry.ofMillis(1))
            .fingerprint(Fingerprint.of(Map.of("cores", "2")))
            .build();
    TableComparison comparison = TableComparison.of(more, table(1, 2, 3).build());
    assertThat(comparison.onlyFirst()).containsExactly("x");
    assertThat(comparison.fingerprintDifferences()).containsExactly("cores: '2' against absent");
    assertThat(TableComparison.of(table(1, 2, 3).build(), more).onlySecond()).containsExactly("x");
  }

  @Test
  void signedTermsHaveNoRatio() {
    LatencyTable model =
        LatencyTable.linearModel("d", "s").bias(5).put("a", LatencyEntry.ofMillis(-1)).build();
    TableComparison comparison = TableComparison.of(model, model);
    assertThat(comparison.rows().get(0).ratio()).isEmpty();
    assertThat(comparison.medianRatio()).hasValue(1);
    assertThatThrownBy(() -> TableComparison.of(model, table(1, 2, 3).build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("linear-model and a lookup-table");
  }
}
