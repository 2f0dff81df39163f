package org.proxyless.search.job.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.derive.Looks;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

class LatencyTextTest {
  private static final int[] PATH = {0, 0, 0};
  @TempDir Path folder;
  private Optional<SecondLatency> second = Optional.empty();

  private SearchResult result(
      LatencyTarget target, Optional<WatchedMeasurement> measured, int repeats) {
    SearchSpace space = SearchSpaces.load(Tiny.space().toString(), 1, null, null);
    LatencyTable table =
        LatencyTables.read(Tiny.foreignTable(folder.resolve("phone" + repeats + ".table")));
    return new SearchResult(
        space,
        PATH,
        NetworkLatency.of(space.network(PATH), table),
        target,
        measured,
        second,
        Optional.empty(),
        repeats,
        0.8,
        OptionalLong.empty(),
        Map.of(),
        folder,
        folder);
  }

  private String text(LatencyTarget target, Optional<WatchedMeasurement> measured, int repeats) {
    return String.join("\n", LatencyText.of(result(target, measured, repeats)));
  }

  @Test
  void targetMarginPredictionAndMeasurementStandTogether() {
    LatencyTarget target = new LatencyTarget(2, 50, 0.05, true);
    assertThat(text(target, Optional.of(Looks.calm(1.9)), 0))
        .contains("target 2.000 ms", "at most 1.905 ms", "margin of 5.0 %", "predicted ")
        .contains("measured 1.900 ms (-5.0 %): the target is met")
        .doesNotContain("derived again");
  }

  @Test
  void aMissIsSaidPlainlyAndRepeatsAreCounted() {
    LatencyTarget target = new LatencyTarget(2, 95, 0, false);
    assertThat(text(target, Optional.of(Looks.calm(2)), 3))
        .contains("for 95 % of the calls", "never verified")
        .contains("measured 2.200 ms (+10.0 %): the target is missed")
        .contains("derived again 3 times");
  }

  @Test
  void aMachineThatDriftedIsNamedAndLeavesTheVerdictOpenWhereItDecides() {
    LatencyTarget target = new LatencyTarget(2, 50, 0, true);
    assertThat(text(target, Optional.of(Looks.of(2.4, 2.5, 1.25)), 0))
        .contains("undecided", "1.25 times", "1.920 ms")
        .doesNotContain("is met")
        .doesNotContain("is missed");
    assertThat(text(target, Optional.of(Looks.of(1.5, 1.6, 0.8)), 0))
        .contains("the target is met", "0.80 times", "1.875 ms");
    assertThat(result(target, Optional.of(Looks.of(2.4, 2.5, 1.25)), 0).figures())
        .containsEntry("verdict", "drifted")
        .containsEntry("drift", 1.25)
        .containsEntry("measuredMillis", 2.4);
  }

  @Test
  void aDeviceThatIsNotHereIsPredictedOnly() {
    LatencyTarget target = new LatencyTarget(2, 50, 0, true);
    assertThat(text(target, Optional.empty(), 0)).contains("predicted only");
    assertThat(result(target, Optional.empty(), 0).figures())
        .containsEntry("verdict", null)
        .containsEntry("measuredMillis", null);
  }

  @Test
  void theSecondDeviceHasATargetAPredictionAndAVerdictOfItsOwn() {
    LatencyTarget target = new LatencyTarget(2, 50, 0, true);
    second =
        Optional.of(
            new SecondLatency(
                "tablet", new LatencyTarget(7, 50, 0, true), 6.5, Optional.of(Looks.calm(7.7))));
    assertThat(text(target, Optional.of(Looks.calm(1.9)), 0))
        .contains("the target is met", "on tablet: target 7.000 ms", "predicted 6.500 ms")
        .contains("measured 7.700 ms (+10.0 %): the target is missed");
    assertThat(result(target, Optional.empty(), 0).figures().get("secondDevice").toString())
        .contains("device=tablet", "verdict=missed");
  }
}
