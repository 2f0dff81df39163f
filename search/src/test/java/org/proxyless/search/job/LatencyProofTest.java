package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.Network;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.Operator;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.strategy.GradientStrategy;
import org.proxyless.search.strategy.TargetProjection;

class LatencyProofTest {
  private static final double TARGET_MILLIS = 2;

  private final List<Double> measured = new ArrayList<>();

  /** A proof whose stopwatch shows the prediction times a factor. */
  private LatencyProof.Proven proven(ToDoubleFunction<NetworkLatency> stopwatch) {
    SearchSpace space = SearchSpaces.load(Tiny.space().toString(), 1, null, null);
    LatencyTable.Builder table =
        LatencyTable.builder("test", space.name()).call(LatencyEntry.ofMillis(0.1));
    List<Operator> operators = space.distinctOperators();
    for (int i = 0; i < operators.size(); i++) {
      if (!operators.get(i).isZero()) {
        table.put(operators.get(i), LatencyEntry.ofMillis(0.2 + 0.07 * i));
      }
    }
    PricedSpace priced =
        new PricedSpace(space, DeviceProfiles.load("local-cpu"), table.build(), true);
    GradientStrategy strategy =
        new GradientStrategy(
            space.candidateCounts(),
            priced.latency(),
            new TargetProjection(priced.latency(), TARGET_MILLIS),
            true,
            0.01,
            new SplittableRandom(1));
    ToDoubleFunction<Network> timer =
        network -> {
          double millis = stopwatch.applyAsDouble(NetworkLatency.of(network, priced.table()));
          measured.add(millis);
          return millis;
        };
    return new LatencyProof(priced, TARGET_MILLIS, strategy, line -> {}, timer)
        .of(strategy.propose(TARGET_MILLIS).get(0));
  }

  @Test
  void aNetworkWithinTheTargetIsTakenAtOnce() {
    assertThat(proven(NetworkLatency::latencyMillis).repeats()).isZero();
    assertThat(measured).hasSize(1).allMatch(millis -> millis <= TARGET_MILLIS);
  }

  @Test
  void aDisturbanceThatIsGoneAtASecondLookChangesNothing() {
    LatencyProof.Proven proven =
        proven(predicted -> measured.isEmpty() ? 9 : predicted.latencyMillis());
    assertThat(proven.repeats()).isZero();
    assertThat(measured).hasSize(2);
  }

  @Test
  void whereTheTablePredictsTooLittleAnotherNetworkIsDerivedUntilOneMeetsTheTarget() {
    LatencyProof.Proven proven = proven(predicted -> 1.3 * predicted.latencyMillis());
    assertThat(measured.get(0)).isGreaterThan(TARGET_MILLIS);
    assertThat(proven.repeats()).isPositive();
    assertThat(measured.get(measured.size() - 1)).isLessThanOrEqualTo(TARGET_MILLIS);
  }

  @Test
  void whereNoneMeetsTheTargetTheQuickestMeasuredIsTakenAfterABoundedNumberOfTimes() {
    LatencyProof.Proven proven = proven(predicted -> 50 + predicted.latencyMillis());
    assertThat(proven.repeats()).isLessThanOrEqualTo(3);
    assertThat(measured).hasSize(2 * (proven.repeats() + 1));
  }
}
