package org.proxyless.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;

class Sample01ProfileTest {
  @TempDir Path folder;

  @Test
  void itMeasuresTwoOperatorsAndTheCall() throws Exception {
    String printed = Printed.by(Sample01Profile::main, folder);

    LatencyTable table = LatencyTables.read(folder.resolve("few.json"));
    assertThat(table.entries()).hasSize(3);
    assertThat(printed).contains(table.entries().keySet()).contains("written to " + folder);
  }
}
