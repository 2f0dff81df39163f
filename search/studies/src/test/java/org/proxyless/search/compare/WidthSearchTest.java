package org.proxyless.search.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

class WidthSearchTest {
  private final SearchSpace space = SearchSpaces.load("small", 0.25, null, null);
  private final FixedChain chain =
      new FixedChain(
          SearchSettings.builder().space("small").width(0.25).build(), new Shape(28, 28, 1), 10);

  @Test
  void theChainHasTheSpacesDepthAndStridesAndOneOperator() {
    Network network = chain.at(1);
    assertThat(network.operators()).hasSize(space.blocks().size());
    for (int b = 0; b < space.blocks().size(); b++) {
      Operator own = network.operators().get(b);
      Operator of = space.blocks().get(b).candidates().get(0);
      assertThat(own.output()).isEqualTo(of.output());
      assertThat(own.stride()).isEqualTo(of.stride());
      assertThat(own.shortcut()).isEqualTo(of.shortcut());
      assertThat(own.type().label())
          .isEqualTo(space.blocks().get(b).isEdge() ? "MBConv6 3×3" : of.type().label());
    }
    assertThat(chain.at(2).macs()).isGreaterThan(3 * network.macs());
  }

  @Test
  void theNearestOfAllWidthsIsFoundWithFewLatencies() {
    List<Double> all =
        DoubleStream.iterate(0.02, factor -> factor < 16, factor -> factor * 1.01)
            .mapToObj(factor -> millis(chain.at(factor)))
            .toList();
    for (double target : new double[] {0.3, 1, 2.2, 7}) {
      List<Network> asked = new ArrayList<>();
      ToDoubleFunction<Network> latency =
          network -> {
            asked.add(network);
            return millis(network);
          };
      WidthSearch.Found found = new WidthSearch(chain, latency).nearest(target);
      double off = Math.abs(found.latencyMillis() - target);
      assertThat(all).allMatch(millis -> off <= Math.abs(millis - target));
      assertThat(millis(found.network())).isEqualTo(found.latencyMillis());
      assertThat(chain.at(found.factor())).isEqualTo(found.network());
      assertThat(asked).hasSizeLessThan(14).doesNotHaveDuplicates();
    }
  }

  @Test
  void beyondTheEndsTheEndIsNearest() {
    WidthSearch search = new WidthSearch(chain, WidthSearchTest::millis);
    assertThat(search.nearest(1e-9).network()).isEqualTo(chain.at(0.02));
    assertThat(search.nearest(1e9).factor()).isGreaterThan(0.99 * chain.mostFactor());
  }

  private static double millis(Network network) {
    return network.macs() / 1e7;
  }

  @Test
  void aSlowHourOfTheMachineCancelsOut() {
    NetworkLatency derived = priced(space.network(new int[10]), 0.1);
    double[] speed = {1};
    ChainLatency.Measured measured =
        new ChainLatency.Measured(network -> speed[0] * millis(network), derived);
    double quiet = measured.applyAsDouble(chain.at(1));
    speed[0] = 3;
    assertThat(measured.applyAsDouble(chain.at(1))).isCloseTo(quiet, within(1e-9));
    assertThat(measured.applyAsDouble(derived.network()))
        .isCloseTo(derived.latencyMillis(), within(1e-9));
  }

  @Test
  void withoutTheDeviceMultiplyAccumulatesScaleWhatTheTablePrices() {
    LatencyTable table = table(0.25);
    NetworkLatency otherwise = NetworkLatency.of(space.network(new int[10]), table);
    ChainLatency.ByMacs byMacs = ChainLatency.ByMacs.of(table, chain.at(1), otherwise);
    NetworkLatency atOne = NetworkLatency.of(chain.at(1), table);
    assertThat(byMacs.reference()).isEqualTo(atOne);
    assertThat(byMacs.applyAsDouble(chain.at(1))).isCloseTo(atOne.latencyMillis(), within(1e-12));
    double share = (double) chain.at(2).macs() / chain.at(1).macs();
    assertThat(byMacs.applyAsDouble(chain.at(2)))
        .isCloseTo(0.01 + share * (atOne.latencyMillis() - 0.01), within(1e-12));
    assertThat(ChainLatency.ByMacs.of(table, chain.at(3), otherwise).reference())
        .isEqualTo(otherwise);
  }

  private NetworkLatency priced(Network network, double operatorMillis) {
    return NetworkLatency.of(network, table(operatorMillis));
  }

  private LatencyTable table(double operatorMillis) {
    LatencyTable.Builder table =
        LatencyTable.builder("test", "small").call(LatencyEntry.ofMillis(0.01));
    for (Operator operator : space.distinctOperators()) {
      if (!operator.isZero()) {
        table.put(operator, LatencyEntry.ofMillis(operatorMillis));
      }
    }
    return table.build();
  }
}
