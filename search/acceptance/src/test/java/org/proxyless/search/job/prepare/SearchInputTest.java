package org.proxyless.search.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.Verification;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.network.Network;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

class SearchInputTest {
  @TempDir Path folder;

  /** Networks take 1 to 3.5 ms, and up to 10 % more than predicted. */
  private SearchSettings.Builder settings() {
    Path table = Tiny.foreignTable(folder.resolve("phone.table"));
    Verification verification =
        new Verification(Instant.EPOCH, 20, 1, 3.5, List.of(0.1, 0.1, 0.1), 0.05, 1, 1, 1);
    LatencyTables.write(LatencyTables.read(table).withVerification(verification), table);
    return TinySearch.settings(table, folder.resolve("run")).allowForeignTable(true);
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

  @Test
  void anotherDeviceAndOtherLimitsAreKeptBesideTheLatency() {
    Path slower = slowerTable();
    try (SearchInput input =
        open(
            settings()
                .maxParams(1_000_000L)
                .maxMacs(1_000_000_000L)
                .alsoDevice("local-cpu", 5.0)
                .alsoTable(slower))) {
      assertThat(input.others())
          .extracting(OperatorChoice.Limit::name)
          .containsExactly("--max-params", "--max-macs", "latency in ms on local-cpu");
      SearchSpace space = input.priced().space();
      int[] path = new int[space.edges().size()];
      Network network = space.network(path);
      assertThat(input.others().get(0).cost(path)).isEqualTo(network.parameters());
      assertThat(input.others().get(1).cost(path)).isEqualTo(network.macs());
      assertThat(input.others().get(2).cost(path))
          .isCloseTo(2 * input.priced().latency().latencyMillis(path), within(1e-9));
    }
  }

  /** Everything takes twice as long. */
  private Path slowerTable() {
    LatencyTable table = LatencyTables.read(Tiny.foreignTable(folder.resolve("other.table")));
    LatencyTable.Builder slower = LatencyTable.builder("phone", "tiny");
    table
        .entries()
        .forEach((key, entry) -> slower.put(key, LatencyEntry.ofMillis(2 * entry.medianMillis())));
    Path file = folder.resolve("slower.table");
    LatencyTables.write(slower.build(), file);
    return file;
  }

  @Test
  void whatNoNetworkKeepsIsRefusedBeforeTraining() {
    assertThatThrownBy(() -> open(settings().maxParams(10L)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--max-params: predictions may reach 10")
        .hasMessageContaining("reach from");
    Path slower = slowerTable();
    SearchSettings.Builder narrow = settings().alsoDevice("local-cpu", 1.5).alsoTable(slower);
    assertThatThrownBy(() -> open(narrow))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("latency in ms on local-cpu");
  }

  @Test
  void theFeasibleRangeIsThatOfTheNetworksThatKeepTheOtherLimits() {
    try (SearchInput all = open(settings().targetMillis(3.0))) {
      double dearest = all.priced().latency().maxMillis();
      // Half of 4 ms: at most 2 of the 3.5 ms.
      Path slower = slowerTable();
      try (SearchInput limited = open(settings().alsoDevice("local-cpu", 4.0).alsoTable(slower))) {
        assertThat(dearest).isCloseTo(3.5, within(1e-9));
        assertThat(limited.target().millis()).isBetween(1.0, (1 + 2) / 2.0);
      }
    }
  }

  @Test
  void aMachineThatIsSlowForAWhileMakesNoTargetImpossible() {
    LatencyTable usual = LatencyTables.read(Tiny.foreignTable(folder.resolve("usual.table")));
    LatencyTable slower = LatencyTables.read(slowerTable());
    SearchSpace space = SearchSpaces.load(Tiny.space().toString(), 1, null, null);
    DeviceProfile device = DeviceProfiles.load(DeviceProfile.DEFAULT);
    PricedSpace now = new PricedSpace(space, device, slower, usual, true);
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Progress progress =
        new Progress(
            new PrintStream(shown, true, StandardCharsets.UTF_8),
            false,
            Progress.Verbosity.NORMAL,
            System::nanoTime,
            () -> 80);

    assertThat(atSpeedOf(3.0, now, progress)).isEqualTo(now);
    assertThat(shown.size()).isZero();
    assertThat(atSpeedOf(1.5, now, progress).table()).isEqualTo(usual);
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("no network meets 1.5 ms");
  }

  private PricedSpace atSpeedOf(double targetMillis, PricedSpace now, Progress progress) {
    return Feasibility.atSpeedOfTargets(
        settings().targetMillis(targetMillis).build(), now, List.of(), progress);
  }
}
