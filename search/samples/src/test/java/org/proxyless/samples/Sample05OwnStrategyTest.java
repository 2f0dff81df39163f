package org.proxyless.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.run.settings.StrategyKind;

class Sample05OwnStrategyTest {
  @TempDir Path folder;

  @Test
  void itSearchesByItsOwnStrategy() throws Exception {
    String printed = Printed.by(Sample05OwnStrategy::main, folder);

    assertThat(printed).contains("% on the test split");
    assertThat(folder.resolve("run/settings.yaml")).content().contains("strategy: halfway");
    assertThat(StrategyKind.all()).contains(StrategyKind.of("halfway"), StrategyKind.GRADIENT);
  }
}
