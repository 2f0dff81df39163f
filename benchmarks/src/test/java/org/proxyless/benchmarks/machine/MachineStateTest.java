package org.proxyless.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineStateTest {
  @TempDir Path folder;

  @Test
  void theWarmestZoneCounts() throws IOException {
    zone("thermal_zone0", "41500\n");
    zone("thermal_zone1", "63250\n");
    assertThat(MachineState.temperatureCelsius(folder)).hasValue(63.25);
  }

  @Test
  void whatCannotBeReadIsUnknown() throws IOException {
    assertThat(MachineState.temperatureCelsius(folder.resolve("nothing"))).isEmpty();
    zone("thermal_zone0", "asleep");
    assertThat(MachineState.temperatureCelsius(folder)).isEmpty();
    assertThat(MachineState.governor(folder.resolve("nothing"))).isEmpty();
  }

  @Test
  void theGovernorIsReadWithoutItsLineBreak() throws IOException {
    Path file = Files.writeString(folder.resolve("scaling_governor"), "performance\n");
    assertThat(MachineState.governor(file)).contains("performance");
  }

  @Test
  void aTableSaysWhatIsKnown() {
    assertThat(MachineState.UNKNOWN.settings()).isEmpty();
    assertThat(
            new MachineState(
                    OptionalDouble.of(1499.6), OptionalDouble.of(51.5), Optional.of("ondemand"))
                .settings())
        .containsEntry("processorMegahertz", "1500")
        .containsEntry("temperatureCelsius", "52")
        .containsEntry("governor", "ondemand");
  }

  private void zone(String name, String temperature) throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("temp"), temperature);
  }
}
