package org.proxyless.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineFingerprintTest {
  private final DeviceProfile profile = DeviceProfiles.load(DeviceProfile.DEFAULT);

  @Test
  void itSaysWhatALatencyDependsOn() {
    assertThat(MachineFingerprint.of(profile).facts())
        .containsOnlyKeys("processor", "cores", "memory", "system", "tensorflow", "flags")
        .containsEntry("cores", String.valueOf(Runtime.getRuntime().availableProcessors()))
        .containsEntry("flags", "{}")
        .allSatisfy((name, value) -> assertThat(value).isNotBlank().doesNotContain("null"));
  }

  @Test
  void aFlagInForceMakesAnotherFingerprint() {
    Map<String, String> environment = Map.of("TF_ENABLE_ONEDNN_OPTS", "0", "HOME", "/root");
    assertThat(
            MachineFingerprint.of(profile).differences(MachineFingerprint.of(profile, environment)))
        .containsExactly("flags: '{}' against '{TF_ENABLE_ONEDNN_OPTS=0}'");
  }

  @Test
  void aMeasuringProcessGetsNoFlagsButQuietLogs() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "TF_ENABLE_ONEDNN_OPTS",
                "0",
                "TF_CPU_ALLOCATOR_USE_BFC",
                "true",
                "OMP_NUM_THREADS",
                "7",
                "MALLOC_ARENA_MAX",
                "1",
                "TF_CPP_MIN_LOG_LEVEL",
                "0",
                "PATH",
                "/bin"));
    MeasuringEnvironment.prepare(environment);
    assertThat(environment)
        .containsExactlyInAnyOrderEntriesOf(Map.of("PATH", "/bin", "TF_CPP_MIN_LOG_LEVEL", "2"));
    assertThat(MeasuringEnvironment.flags(environment)).isEmpty();
  }
}
