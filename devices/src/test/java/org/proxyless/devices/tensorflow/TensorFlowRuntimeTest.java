package org.proxyless.devices.tensorflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;

class TensorFlowRuntimeTest {
  @Test
  void aGpuProfileWithoutAGpuIsOneClearLine() {
    DeviceProfile gpu = DeviceProfiles.load("local-gpu");
    GraphWriter graph = new GraphWriter();
    graph.scalar("one", 1);
    assumeFalse(Files.exists(Path.of("/proc/driver/nvidia")), "this machine has an NVIDIA GPU");
    assertThatThrownBy(() -> TensorFlowRuntime.load(graph.build(), gpu).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'local-gpu' needs a GPU")
        .hasMessageNotContaining("\n");
  }
}
