package org.proxyless.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sample03SearchTest {
  @TempDir Path folder;

  @Test
  void itEndsWithANetworkWithinTheTarget() throws Exception {
    String printed = Printed.by(Sample03Search::main, folder);

    assertThat(printed).contains("target 1.000 ms").contains("% on the test split");
    assertThat(folder.resolve("run/export/lesson/1/saved_model.pb")).isRegularFile();
    assertThat(folder.resolve("run/network.json")).isRegularFile();
  }
}
