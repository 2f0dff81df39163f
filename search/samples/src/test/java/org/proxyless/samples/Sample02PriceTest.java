package org.proxyless.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.latency.LatencyTables;

class Sample02PriceTest {
  @TempDir Path folder;

  @Test
  void itPricesByLayerAndSaysHowSureThatIs() throws Exception {
    String printed = Printed.by(Sample02Price::main, folder);

    assertThat(printed.lines()).hasSize(8); // five operators, the call, both sums
    assertThat(printed).contains("MBConv2 5×5").containsPattern("in all, σ 0[.,]0\\d+ ms");
    assertThat(LatencyTables.read(folder.resolve("lesson.table")).estimate()).isPresent();
  }
}
