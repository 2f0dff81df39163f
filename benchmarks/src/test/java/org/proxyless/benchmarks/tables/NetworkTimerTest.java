package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;

class NetworkTimerTest {
  private final DeviceProfile profile = DeviceProfiles.load(DeviceProfile.DEFAULT);
  @TempDir Path folder;

  private static Network tiny() {
    return new Network(
        "tiny",
        List.of(
            new Operator(new Conv(3), new Shape(12, 12, 3), 8, 2, false),
            new Operator(new Classifier(), new Shape(6, 6, 8), 4, 1, false)));
  }

  @Test
  void aNetworkIsTimedCallByCall() throws IOException {
    NetworkMeasurement measured = NetworkTimer.time(tiny(), profile, (done, total, current) -> {});

    assertThat(measured.samples()).isGreaterThan(100);
    assertThat(measured.medianMillis()).isPositive().isLessThanOrEqualTo(measured.p95Millis());
    assertThat(measured.interval95Millis().low())
        .isPositive()
        .isLessThan(measured.interval95Millis().high());
  }

  @Test
  void aTableThatNamesNoSentinelGivesNoDrift() throws IOException {
    WatchedMeasurement watched =
        NetworkTimer.time(
            tiny(),
            profile,
            LatencyTable.builder("local-cpu", "test").build(),
            (done, total, current) -> {});
    assertThat(watched.drift()).isEmpty();
    assertThat(watched.drifted()).isFalse();
    assertThat(watched.network().medianMillis()).isPositive();
  }

  @Test
  void aMachineThatIsSlowerByMoreThanFivePercentHasDrifted() {
    NetworkMeasurement network =
        new NetworkMeasurement(3, 4, new NetworkMeasurement.Interval(2.9, 3.1), 100);
    WatchedMeasurement calm = new WatchedMeasurement(network, OptionalDouble.of(1.04));
    WatchedMeasurement slow = new WatchedMeasurement(network, OptionalDouble.of(1.5));
    assertThat(calm.drifted()).isFalse();
    assertThat(calm.atTableSpeed(3.12)).isCloseTo(3, within(1e-9));
    assertThat(slow.drifted()).isTrue();
    assertThat(slow.atTableSpeed(3)).isEqualTo(2);
    assertThat(new WatchedMeasurement(network, OptionalDouble.of(0.9)).drifted()).isTrue();
  }

  @Test
  void aFolderWithoutANetworkIsTheUsersMistake() {
    assertThatThrownBy(
            () ->
                NetworkTimer.time(folder.resolve("nothing"), profile, (done, total, current) -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nothing is no SavedModel");
  }
}
