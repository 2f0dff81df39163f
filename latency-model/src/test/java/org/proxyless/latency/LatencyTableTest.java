package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.MBConv;

class LatencyTableTest {
  @Test
  void anOperatorCostsTheMedianOfItsEntry() {
    assertThat(Samples.table().build().latencyMillis(Samples.SMALL)).isEqualTo(2);
  }

  @Test
  void zeroCostsNothingAndNeedsNoEntry() {
    assertThat(Samples.table().build().latencyMillis(Samples.SKIP)).isZero();
  }

  @Test
  void aMissingOperatorIsAnErrorThatNamesItAndTheTable() {
    Operator missing = new Operator(new MBConv(7, 6), new Shape(4, 4, 16), 16, 1, true);
    assertThatThrownBy(() -> Samples.table().build().latencyMillis(missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'MBConv(kernel=7,expansion=6) 4x4x16->4x4x16 s1 shortcut'")
        .hasMessageContaining("'local-cpu'")
        .hasMessageContaining("'small'")
        .hasMessageContaining("profile");
  }

  @Test
  void theShortcutIsPartOfWhatIsPriced() {
    Operator bare = new Operator(new MBConv(3, 3), new Shape(4, 4, 16), 16, 1, false);
    assertThatThrownBy(() -> Samples.table().build().latencyMillis(bare))
        .isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void whatCannotBeALatencyIsRefusedByItsKey(double millis) {
    LatencyEntry median = LatencyEntry.ofMillis(millis);
    LatencyEntry mean = LatencyEntry.measured(1, millis, 1, 1, 0, 1, 1);
    for (LatencyEntry entry : new LatencyEntry[] {median, mean}) {
      assertThatThrownBy(() -> LatencyTable.builder("d", "s").put(Samples.SMALL, entry))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("'" + Samples.SMALL.key() + "'")
          .hasMessageContaining(millis + " ms");
    }
  }

  @Test
  void statisticsThatCannotBeAreRefused() {
    LatencyEntry[] entries = {
      LatencyEntry.measured(1, 1, 2, 1, 0, 1, 1),
      LatencyEntry.measured(1, 1, Double.NaN, 1, 0, 1, 1),
      LatencyEntry.measured(1, 1, 1, Double.POSITIVE_INFINITY, 0, 1, 1),
      LatencyEntry.measured(1, 1, 1, 1, -1, 1, 1),
      LatencyEntry.measured(1, 1, 1, 1, Double.NaN, 1, 1),
      LatencyEntry.measured(1, 1, 1, 1, 0, 0, 1),
      LatencyEntry.measured(1, 1, 1, 1, 0, 1, 0),
    };
    for (LatencyEntry entry : entries) {
      assertThatThrownBy(() -> LatencyTable.builder("d", "s").put("k", entry))
          .as(entry.toString())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("'k'");
    }
  }

  @Test
  void anOperatorHasOneEntry() {
    assertThatThrownBy(() -> Samples.table().put(Samples.SMALL, LatencyEntry.ofMillis(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(Samples.SMALL.key())
        .hasMessageContaining("twice");
  }

  @Test
  void aNetworkCostsItsCallAndItsOperators() {
    Network network = Samples.network(Samples.SMALL, Samples.SKIP, Samples.LARGE);
    NetworkLatency latency = NetworkLatency.of(network, Samples.table().build());
    assertThat(latency.operatorMillis()).containsExactly(1.0, 2.0, 0.0, 4.0, 0.5);
    assertThat(latency.callMillis()).isEqualTo(0.125);
    assertThat(latency.latencyMillis()).isEqualTo(7.625);
  }

  @Test
  void aTableWithoutTheCallPricesItAtNothing() {
    assertThat(LatencyTable.builder("d", "s").build().callMillis()).isZero();
  }
}
