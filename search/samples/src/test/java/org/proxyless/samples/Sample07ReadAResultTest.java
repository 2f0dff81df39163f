package org.proxyless.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sample07ReadAResultTest {
  @TempDir Path folder;

  @Test
  void itReadsFiguresNetworkAndModel() throws Exception {
    String printed = Printed.by(Sample07ReadAResult::main, folder);

    assertThat(printed)
        .containsPattern("finished, target 1[.,]000 ms")
        .containsPattern("accuracy \\d+[.,]\\d %")
        .containsPattern("\\d operators, \\d[.,]\\d{3} ms")
        .containsPattern("with probability [01][.,]\\d\\d");
  }
}
