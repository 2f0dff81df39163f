package org.proxyless.search.job.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;

class JournaledMeasuringTest {
  private static final Shape SHAPE = new Shape(8, 8, 4);
  private static final LatencyTable TABLE =
      LatencyTable.builder("d", "s").call(LatencyEntry.ofMillis(0.1)).build();
  @TempDir Path folder;
  private int measured;

  /** Measures something else each time. */
  private final ProofMeasuring device =
      new ProofMeasuring() {
        @Override
        public WatchedMeasurement time(Network network, int repeat) {
          measured++;
          return measured % 2 == 0 ? Looks.unwatched(measured) : Looks.of(measured, 2, 1.03);
        }

        @Override
        public LatencyTable learn(
            LatencyTable table, Network network, WatchedMeasurement look, int repeat) {
          measured++;
          return table.toBuilder().replace("call", LatencyEntry.ofMillis(measured)).build();
        }
      };

  private static Network network(int kernel) {
    return new Network(
        "n",
        List.of(
            new Operator(new Conv(kernel), SHAPE, 4, 1, false),
            new Operator(new Classifier(), SHAPE, 3, 1, false)));
  }

  private ProofMeasuring journaled() {
    return new JournaledMeasuring(device, folder.resolve("proof"));
  }

  @Test
  void aRunThatGoesOnMeasuresNothingTwice() {
    WatchedMeasurement first = journaled().time(network(3), 0);
    WatchedMeasurement second = journaled().time(network(1), 1);
    LatencyTable learned = journaled().learn(TABLE, network(3), first, 0);
    assertThat(measured).isEqualTo(3);
    assertThat(journaled().time(network(3), 0)).isEqualTo(first);
    assertThat(journaled().time(network(1), 1)).isEqualTo(second);
    assertThat(journaled().learn(TABLE, network(3), first, 0)).isEqualTo(learned);
    assertThat(measured).isEqualTo(3);
  }

  @Test
  void anotherNetworkIsMeasured() {
    WatchedMeasurement look = journaled().time(network(3), 0);
    journaled().time(network(5), 0);
    assertThat(measured).isEqualTo(2);
    journaled().learn(TABLE, network(3), look, 0);
    journaled().learn(TABLE, network(5), look, 0);
    assertThat(measured).as("and what it teaches is its own").isEqualTo(4);
  }
}
