package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.Verification;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.SearchSettings;

class SearchInputTest {
  @TempDir Path folder;

  /** Networks take 1 to 3.5 ms, and up to 10 % more than predicted. */
  private SearchSettings.Builder settings() {
    Path table = Tiny.foreignTable(folder.resolve("phone.table"));
    Verification verification =
        new Verification(Instant.EPOCH, 20, 1, 3.5, List.of(0.1, 0.1, 0.1), 0.05, 1, 1, 1);
    LatencyTables.write(LatencyTables.read(table).withVerification(verification), table);
    return Tiny.search(table, folder.resolve("run")).allowForeignTable(true);
  }

  private SearchInput open(SearchSettings.Builder settings) {
    return SearchInput.open(settings.build(), Progress.silent());
  }

  @Test
  void theMarginOfTheTableIsKeptFromTheTarget() {
    try (SearchInput input = open(settings().targetMillis(2.2).targetPercentile(95))) {
      assertThat(input.target()).isEqualTo(new LatencyTarget(2.2, 95, 0.1, true));
      assertThat(input.target().boundMillis()).isCloseTo(2, within(1e-12));
    }
  }

  @Test
  void aTargetThatOnlyTheMarginPutsOutOfReachIsRefusedWithTheRangeThatCanBeAskedFor() {
    assertThatThrownBy(() -> open(settings().targetMillis(1.05)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--target-ms is 1.05")
        .hasMessageContaining("from 1.100 ms to 3.850 ms")
        .hasMessageContaining("margin of 10.0 %");
  }
}
