package org.proxyless.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.Network;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;
import org.proxyless.latency.operators.Classifier;
import org.proxyless.latency.operators.MBConv;
import org.proxyless.latency.operators.Zero;

class CorrectionFitTest {
  private static final Shape SHAPE = new Shape(8, 8, 8);
  private static final int EDGES = 6;
  private static final List<Operator> CANDIDATES =
      List.of(
          new Operator(new MBConv(3, 3), SHAPE, 8, 1, true),
          new Operator(new MBConv(5, 6), SHAPE, 8, 1, true),
          new Operator(new Zero(), SHAPE, 8, 1, true));
  private static final Operator LAST = new Operator(new Classifier(), SHAPE, 10, 1, false);
  private static final LatencyTable TABLE =
      LatencyTable.builder("device", "space")
          .put(CANDIDATES.get(0), LatencyEntry.ofMillis(1))
          .put(CANDIDATES.get(1), LatencyEntry.ofMillis(3))
          .put(LAST, LatencyEntry.ofMillis(0.5))
          .call(LatencyEntry.ofMillis(0.3))
          .build();

  private final RandomGenerator random = new SplittableRandom(5);
  private final List<Network> networks = networks(60);

  @Test
  void noiseAloneGetsNoCorrection() {
    assertThat(fit(network -> predicted(TABLE, network))).isEmpty();
  }

  @Test
  void aConstantThatIsMissingIsFound() {
    LatencyTable corrected = fit(n -> predicted(TABLE, n) + 1).orElseThrow().table();

    assertThat(corrected.correction().constantMillis()).isCloseTo(1, within(0.2));
    assertHelps(corrected, n -> predicted(TABLE, n) + 1);
  }

  @Test
  void aScaleThatIsMissingIsFound() {
    ToDoubleFunction<Network> truth = n -> 0.3 + 1.08 * (predicted(TABLE, n) - 0.3);
    assertHelps(fit(truth).orElseThrow().table(), truth);
  }

  @Test
  void whatAPlaceAddsIsFoundAndZeroAddsNothing() {
    ToDoubleFunction<Network> truth =
        n ->
            predicted(TABLE, n)
                + (n.operators().get(2).isZero() ? 0 : 0.8)
                - (n.operators().get(4).isZero() ? 0 : 0.5);
    assertHelps(fit(truth).orElseThrow().table(), truth);
  }

  /** On networks that had no part in the fit. */
  private void assertHelps(LatencyTable corrected, ToDoubleFunction<Network> truth) {
    assertThat(networks(40))
        .allSatisfy(
            other ->
                assertThat(predicted(corrected, other) / truth.applyAsDouble(other))
                    .isCloseTo(1, within(0.03)));
  }

  private Optional<CorrectionFit.Fitted> fit(ToDoubleFunction<Network> truth) {
    List<Double> measured =
        networks.stream()
            .map(n -> truth.applyAsDouble(n) * (1 + 0.005 * random.nextGaussian()))
            .toList();
    return new CorrectionFit(TABLE, networks, measured).best();
  }

  private static double predicted(LatencyTable table, Network network) {
    return NetworkLatency.of(network, table).latencyMillis();
  }

  private List<Network> networks(int count) {
    List<Network> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Operator> operators = new ArrayList<>();
      for (int edge = 0; edge < EDGES; edge++) {
        operators.add(CANDIDATES.get(random.nextInt(CANDIDATES.size())));
      }
      operators.add(LAST);
      drawn.add(new Network("n" + i, operators));
    }
    return drawn;
  }
}
