package org.proxyless.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.job.revisit.FinishedRun;

class Sample06OwnDataTest {
  @TempDir Path folder;

  @Test
  void itTrainsOnItsOwnImages() throws Exception {
    String printed = Printed.by(Sample06OwnData::main, folder);

    assertThat(printed).contains("1x1x3").contains("% on the test split");
    try (FinishedRun run = FinishedRun.open(folder.resolve("run"))) {
      assertThat(run.classNames()).containsExactly("across", "down", "slanted");
    }
  }
}
