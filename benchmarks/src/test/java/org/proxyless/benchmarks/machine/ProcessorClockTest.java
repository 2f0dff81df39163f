package org.proxyless.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorClockTest {
  @TempDir Path processors;

  private void processor(String name, String kilohertz) throws IOException {
    Path folder = Files.createDirectories(processors.resolve(name).resolve("cpufreq"));
    Files.writeString(folder.resolve("scaling_cur_freq"), kilohertz + "\n");
  }

  @Test
  void theMedianOfAllProcessorsIsTold() throws IOException {
    processor("cpu0", "2800000");
    processor("cpu1", "1400000");
    processor("cpu12", "2400000");
    processor("cpufreq", "1");
    assertThat(ProcessorClock.megahertz(processors)).hasValue(2400);
  }

  @Test
  void whereTheSystemDoesNotTellThereIsNone() throws IOException {
    assertThat(ProcessorClock.megahertz(processors)).isEmpty();
    assertThat(ProcessorClock.megahertz(processors.resolve("none"))).isEmpty();
    processor("cpu0", "<unknown>");
    assertThat(ProcessorClock.megahertz(processors)).isEmpty();
  }
}
