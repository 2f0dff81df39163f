package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.NetworkTiming;
import org.proxyless.latency.fit.TableFit;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;

class TableRefinementTest {
  private static LatencyEntry entry(double millis, double relativeError) {
    return LatencyEntry.ofMillis(millis).withStandardError(relativeError * millis);
  }

  @Test
  void twoMeasurementsCountByTheirStandardErrors() {
    LatencyEntry both = TableRefinement.together(entry(1, 0.02), entry(1.03, 0.01));
    assertThat(both.medianMillis()).isCloseTo(Math.exp(0.8 * Math.log(1.03)), within(1e-9));
    double error = both.standardErrorMillis().orElseThrow() / both.medianMillis();
    // They differ by 1.3 of their common standard errors.
    assertThat(error).isBetween(1 / Math.sqrt(1 / 4e-4 + 1 / 1e-4), 0.013);
  }

  @Test
  void onesThatContradictEachOtherAreBothDoubted() {
    LatencyEntry both = TableRefinement.together(entry(0.068, 0.02), entry(0.25, 0.02));
    assertThat(both.medianMillis()).isBetween(0.068, 0.25);
    assertThat(both.standardErrorMillis().orElseThrow() / both.medianMillis()).isGreaterThan(0.5);
  }

  private static final Shape SHAPE = new Shape(14, 14, 16);

  private static Network network(int first, int second) {
    return new Network(
        "n",
        List.of(
            new Operator(new Conv(3), new Shape(14, 14, 1), 16, 1, false),
            new Operator(new MBConv(first, 3), SHAPE, 16, 1, true),
            new Operator(new MBConv(second, 6), SHAPE, 16, 1, true),
            new Operator(new Classifier(), SHAPE, 10, 1, false)));
  }

  private static LatencyTable table() {
    LatencyTable.Builder table = LatencyTable.builder("d", "s").call(entry(0.02, 0.02));
    for (int kernel : new int[] {3, 5, 7}) {
      for (Operator operator : network(kernel, kernel).operators()) {
        table.replace(operator.key(), entry(0.1 + operator.macs() / 1e7, 0.02));
      }
    }
    LatencyTable sums = table.build();
    for (int[] kernels : new int[][] {{3, 3}, {3, 7}, {5, 5}, {7, 7}}) {
      Network network = network(kernels[0], kernels[1]);
      double millis = NetworkLatency.of(network, sums).latencyMillis();
      table.timing(NetworkTiming.of(network, millis, 0.01 * millis));
    }
    return TableFit.of(table.build()).table();
  }

  @Test
  void whatANetworkTookIsKnownOfItAfterwardsAndOfThoseLikeIt() {
    LatencyTable before = table();
    Network network = network(5, 7);
    double predicted = NetworkLatency.of(network, before).latencyMillis();
    // The machine is a tenth slower than the table says; at its speed the network takes 8 % more.
    WatchedMeasurement look =
        new WatchedMeasurement(
            new NetworkMeasurement(
                1.1 * 1.08 * predicted,
                2 * predicted,
                new NetworkMeasurement.Interval(predicted, 2 * predicted),
                100),
            OptionalDouble.of(1.1),
            0.004);
    LatencyTable after = TableRefinement.with(before, network, look);
    double known = NetworkLatency.of(network, after).latencyMillis();
    assertThat(known / predicted).isBetween(1.01, 1.08);
    double likeIt =
        NetworkLatency.of(network(5, 3), after).latencyMillis()
            / NetworkLatency.of(network(5, 3), before).latencyMillis();
    assertThat(likeIt).isGreaterThan(1.001);
    assertThat(after.timings()).hasSize(5);
    assertThat(after.estimate()).isNotEqualTo(before.estimate());
  }
}
