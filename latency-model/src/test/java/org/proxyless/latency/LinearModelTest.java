package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.PathSampler;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

class LinearModelTest {
  private static final List<List<Operator>> BLOCKS =
      List.of(
          List.of(Samples.STEM),
          List.of(Samples.SMALL, Samples.LARGE),
          List.of(Samples.SKIP, Samples.SMALL, Samples.LARGE),
          List.of(Samples.HEAD));

  private final LatencyTable plain = Samples.linearModel().correction(Correction.NONE).build();
  private final LatencyTable corrected = Samples.linearModel().build();

  @Test
  void aNetworkCostsTheBiasAndTheTermsOfItsPlaces() {
    Network network = Samples.network(Samples.LARGE, Samples.SMALL);
    NetworkLatency priced = NetworkLatency.of(network, plain);
    assertThat(priced.callMillis()).isEqualTo(9);
    assertThat(priced.operatorMillis()).containsExactly(0.0, 3.0, -1.0, 0.0);
    assertThat(priced.latencyMillis()).isEqualTo(11);
  }

  @Test
  void aCorrectionAddsEveryKeyThatSpeaksOfAnOperator() {
    Network network = Samples.network(Samples.LARGE, Samples.SMALL);
    NetworkLatency priced = NetworkLatency.of(network, corrected);
    assertThat(priced.callMillis()).isEqualTo(9.25);
    assertThat(priced.operatorMillis()).containsExactly(0.0, 3.0, -1 + 0.125 - 0.0625, 0.0);
  }

  @Test
  void aCorrectionOfALookupTableMayMakeATermNegative() {
    LatencyTable table =
        Samples.table()
            .correction(Correction.of(-0.125, Map.of(Samples.SMALL.key(), -2.5)))
            .build();
    NetworkLatency priced = NetworkLatency.of(Samples.network(Samples.SMALL, Samples.SKIP), table);
    assertThat(priced.callMillis()).isZero();
    assertThat(priced.operatorMillis()).containsExactly(1.0, -0.5, 0.0, 0.5);
  }

  @Test
  void theMostParticularEntryCounts() {
    LatencyTable table =
        Samples.table()
            .put(TableKeys.anyAt(1), LatencyEntry.ofMillis(7))
            .put(TableKeys.at(1, Samples.LARGE), LatencyEntry.ofMillis(8))
            .build();
    assertThat(table.operatorMillis(1, Samples.LARGE)).isEqualTo(8);
    assertThat(table.operatorMillis(1, Samples.SMALL)).isEqualTo(7);
    assertThat(table.operatorMillis(2, Samples.SMALL)).isEqualTo(2);
  }

  @Test
  void aSpaceIsPricedLikeItsNetworks() {
    SpaceLatency space = SpaceLatency.of(corrected, BLOCKS);
    int[] choice = {1, 0};
    Network network = Samples.network(Samples.LARGE, Samples.SKIP);
    assertThat(space.latencyMillis(choice))
        .isEqualTo(NetworkLatency.of(network, corrected).latencyMillis());
    assertThat(space.minMillis()).isCloseTo(9.25 - 1.5 - 0.0625 - 2 + 0.125, within(1e-12));
  }

  @Test
  void aMissingTermIsAnErrorAlsoForZero() {
    assertThatThrownBy(() -> corrected.operatorMillis(1, Samples.SKIP))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'@1 Zero() 4x4x16");
  }

  @Test
  void aTotalThatIsNoLatencyIsRefused() {
    LatencyTable low = plain.toBuilder().correction(Correction.of(-7, Map.of())).build();
    Network dear = Samples.network(Samples.LARGE, Samples.LARGE);
    assertThat(NetworkLatency.of(dear, low).latencyMillis()).isEqualTo(7);
    Network cheap = Samples.network(Samples.SMALL, Samples.SKIP);
    assertThatThrownBy(() -> NetworkLatency.of(cheap, low))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("-1.5 ms");
    assertThatThrownBy(() -> SpaceLatency.of(low, BLOCKS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("-1.5 ms");
  }

  @Test
  void theBestChoiceAndDrawsKeepALimitWithNegativeTerms() {
    SpaceLatency space = SpaceLatency.of(plain, BLOCKS);
    double[][] scores = {{0, 3}, {0, 1, 5}};
    assertThat(OperatorChoice.best(scores, space, 9.5)).containsExactly(0, 2);
    assertThat(OperatorChoice.best(scores, space, 9.4)).containsExactly(0, 1);
    assertThat(OperatorChoice.best(scores, space, space.minMillis())).containsExactly(0, 0);
    PathSampler sampler = PathSampler.within(space, 6, 9.5);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      assertThat(space.latencyMillis(sampler.draw(random))).isBetween(6.0, 9.5);
    }
  }
}
