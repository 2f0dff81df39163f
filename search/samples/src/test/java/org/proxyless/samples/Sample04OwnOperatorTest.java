package org.proxyless.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.latency.LatencyTables;

class Sample04OwnOperatorTest {
  @TempDir Path folder;

  @Test
  void itSearchesASpaceWithItsOwnOperator() throws Exception {
    String printed = Printed.by(Sample04OwnOperator::main, folder);

    assertThat(printed).contains("stage1.1 *").contains("% on the test split");
    assertThat(LatencyTables.read(folder.resolve("run/latency.table")).entries().keySet())
        .anyMatch(key -> key.contains("Sample04OwnOperator$SeparableConv(kernel=5)"));
    assertThat(folder.resolve("run/candidates.csv")).content().contains("Separable 5×5");
  }
}
