package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;

class VerifierTest {
  private static final Shape SHAPE = new Shape(28, 28, 16);
  private static final Operator STEM =
      new Operator(new Conv(3), new Shape(28, 28, 3), 16, 1, false);
  private static final Operator SMALL = new Operator(new MBConv(3, 3), SHAPE, 16, 1, true);
  private static final Operator LARGE = new Operator(new MBConv(7, 6), SHAPE, 16, 1, true);
  private static final Operator LAST = new Operator(new Classifier(), SHAPE, 10, 1, false);
  private static final MeasuringProgress NOBODY = (done, total, current) -> {};
  private final DeviceProfile profile = DeviceProfiles.load(DeviceProfile.DEFAULT);
  @TempDir Path folder;

  @Test
  void aTableIsComparedWithWholeNetworksAndWithTheMachine() throws IOException {
    LatencyTable table =
        Profiler.profile(
            new ProfilingTask(
                profile,
                "test",
                STEM.input(),
                10,
                List.of(STEM, SMALL, LARGE, LAST),
                List.of(
                    network(SMALL, SMALL),
                    network(SMALL, LARGE),
                    network(LARGE, SMALL),
                    network(LARGE, LARGE)),
                Quality.QUICK,
                1),
            folder.resolve("t.table"),
            NOBODY);
    assertThat(table.isVerified()).as("by the networks that were measured with it").isTrue();
    VerificationTask task =
        new VerificationTask(
            table,
            profile,
            List.of(network(SMALL, SMALL), network(SMALL, LARGE), network(LARGE, SMALL)),
            List.of(network(SMALL, SMALL), network(LARGE, SMALL), network(LARGE, LARGE)),
            1,
            1);
    VerificationResult result = Verifier.verify(task, NOBODY);

    List<Prediction> spread = result.plain().spread();
    // Four times the arithmetic: on any machine it takes longer.
    assertThat(spread.get(2).measuredMillis()).isGreaterThan(spread.get(0).measuredMillis());
    assertThat(spread.get(2).predictedMillis()).isGreaterThan(spread.get(0).predictedMillis());
    assertThat(result.table().isVerified()).isTrue();
    assertThat(result.drift()).isBetween(0.2, 5.0);
    assertThat(result.operatorRatio()).isBetween(0.5, 2.0);

    WatchedMeasurement watched = NetworkTimer.time(network(SMALL, LARGE), profile, table, NOBODY);
    assertThat(watched.network().samples()).isGreaterThan(100);
    assertThat(watched.drift().getAsDouble()).isBetween(0.2, 5.0);

    LatencyTable slower = ScaledTable.of(vague(table), 100);
    LatencyTable scaledBack =
        new TableCheck(slower, profile, Visitor.of(profile), pause -> {}, NOBODY)
            .update(false)
            .orElseThrow()
            .forNow();
    assertThat(scaledBack.latencyMillis(LARGE) / table.latencyMillis(LARGE)).isBetween(0.2, 5.0);
  }

  /** Operators of microseconds scatter: their intervals must not let the check refuse them. */
  private static LatencyTable vague(LatencyTable table) {
    SortedMap<String, LatencyEntry> entries = new TreeMap<>();
    table
        .entries()
        .forEach(
            (key, entry) ->
                entries.put(
                    key,
                    new LatencyEntry(
                        entry.medianMillis(),
                        entry.meanMillis(),
                        OptionalDouble.of(0.1 * entry.medianMillis()),
                        OptionalDouble.of(1.9 * entry.medianMillis()),
                        entry.standardDeviationMillis(),
                        entry.samples(),
                        entry.forks(),
                        entry.standardErrorMillis())));
    return new LatencyTable(
        table.kind(),
        table.device(),
        table.space(),
        table.fingerprint(),
        table.settings(),
        table.toolVersions(),
        table.created(),
        entries,
        table.correction(),
        table.verification());
  }

  @Test
  void aRefusalGivesAllFactorsInTheSameTerms() {
    LatencyTable table = LatencyTable.builder("local-cpu", "test").build();
    assertThat(TableCheck.refused(table, 2, 0.9, Map.of("Zero()", 1.5)))
        .hasMessageContaining("usually take 1.80 times what it says, but 'Zero()' 3.00 times");
  }

  @Test
  void aTableThatDoesNotSayHowItWasMeasuredCannotBeChecked() {
    LatencyTable imported = LatencyTable.builder("local-cpu", "test").build();
    assertThat(TableCheck.canCheck(imported)).isFalse();
    assertThatThrownBy(() -> TableCheck.update(imported, profile, false, NOBODY))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not say how it was measured");
  }

  private static Network network(Operator first, Operator second) {
    return new Network("test", List.of(STEM, first, second, LAST));
  }
}
