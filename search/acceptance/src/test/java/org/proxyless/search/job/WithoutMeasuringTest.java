package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;

class WithoutMeasuringTest {
  @TempDir Path folder;

  @Test
  void aRunMayEndWithTheExportedNetworkAlthoughItsDeviceIsHere() {
    Path table = Tiny.tableOfThisMachine(folder.resolve("here.table"));
    SearchSettings settings =
        TinySearch.settings(table, folder.resolve("run"))
            .targetMillis(2.5)
            .checkTable(false)
            .build();
    RunControl control = RunControl.standard().withoutMeasuring();
    SearchResult result = new SearchJob(settings, Progress.silent(), control).run();
    assertThat(result.savedModel()).isDirectory();
    assertThat(result.measured()).isEmpty();
    assertThat(result.verdict()).isEmpty();
  }
}
