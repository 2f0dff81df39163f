package org.proxyless.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Network;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;
import org.proxyless.latency.operators.Classifier;
import org.proxyless.latency.operators.Conv;

class NetworkTimerTest {
  private final DeviceProfile profile = DeviceProfiles.load(DeviceProfile.DEFAULT);
  @TempDir Path folder;

  @Test
  void aNetworkIsTimedCallByCall() throws IOException {
    Network network =
        new Network(
            "tiny",
            List.of(
                new Operator(new Conv(3), new Shape(12, 12, 3), 8, 2, false),
                new Operator(new Classifier(), new Shape(6, 6, 8), 4, 1, false)));
    NetworkMeasurement measured = NetworkTimer.time(network, profile);

    assertThat(measured.samples()).isGreaterThan(100);
    assertThat(measured.medianMillis()).isPositive().isLessThanOrEqualTo(measured.p95Millis());
    assertThat(measured.interval95Millis().low())
        .isPositive()
        .isLessThan(measured.interval95Millis().high());
  }

  @Test
  void aFolderWithoutANetworkIsTheUsersMistake() {
    assertThatThrownBy(() -> NetworkTimer.time(folder.resolve("nothing"), profile))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nothing is no SavedModel");
  }
}
