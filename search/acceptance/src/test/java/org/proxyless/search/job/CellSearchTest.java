package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.proxyless.latency.Fingerprint;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.NetworkFile;
import org.proxyless.network.Operator;
import org.proxyless.network.operators.Add;
import org.proxyless.search.fixtures.ReportPage;
import org.proxyless.search.fixtures.TinyFiles;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.result.Summary;
import org.proxyless.search.report.HtmlReport;
import org.proxyless.search.report.RunRecord;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/** The whole job on a space of cells. */
class CellSearchTest {
  @TempDir Path folder;

  private static Path space() {
    return TinyFiles.of("tiny-cells.yaml");
  }

  /** Of a device that is not here; what a network takes falls with its pools and identities. */
  private LatencyTable table() {
    SearchSpace space = SearchSpaces.load(space().toString(), 1, null, null);
    LatencyTable.Builder table =
        LatencyTable.builder("phone", space.name())
            .fingerprint(Fingerprint.of(Map.of("processor", "of a phone")))
            .call(LatencyEntry.ofMillis(0.1));
    for (Operator operator : space.distinctOperators()) {
      if (!operator.isZero()) {
        table.put(operator, LatencyEntry.ofMillis(0.02 + operator.macs() / 1e6));
      }
    }
    return table.build();
  }

  private SearchSettings settings(StrategyKind strategy, String out) {
    return search(strategy, out).build();
  }

  private SearchSettings.Builder search(StrategyKind strategy, String out) {
    Path table = folder.resolve("phone.table");
    LatencyTables.write(table(), table);
    return TinySearch.settings(table, folder.resolve(out))
        .space(space().toString())
        .allowForeignTable(true)
        .strategy(strategy)
        .fineTuneEpochs(1);
  }

  private static SearchResult run(SearchSettings settings) {
    return new SearchJob(settings, Progress.silent()).run();
  }

  /** Those with rungs train networks instead of a supernet: RungedRunTest. */
  static List<StrategyKind> strategies() {
    return StrategyKind.all().stream().filter(kind -> !kind.hasRungs()).toList();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void everyStrategyFindsCellsWithinTheTarget(StrategyKind strategy) {
    SearchResult result = run(search(strategy, "run").maxImages(250).epochs(1).build());
    double millis = NetworkLatency.of(result.network(), table()).latencyMillis();
    // Sums by decision and by operator may differ in the last bit.
    assertThat(millis).isLessThanOrEqualTo(result.targetMillis() * (1 + 1e-12));
    assertThat(result.prediction().latencyMillis()).isCloseTo(millis, within(1e-12));
    assertThat(result.space().graph().couplings())
        .allMatch(coupling -> coupling.isKeptBy(result.path()));
    assertThat(result.network().operators().stream().filter(o -> o.type().equals(new Add(2))))
        .hasSize(3 * 2);
    assertThat(result.testAccuracy()).isBetween(0.05, 1.0); // after a few steps
  }

  /** While it learns, the likeliest option of each edge may leave a node without any. */
  @Test
  void cellsKeepLimitsOfSmallDevicesToo() {
    SearchResult result =
        run(
            search(StrategyKind.GRADIENT, "small")
                .maxImages(250)
                .epochs(1)
                .maxMemoryBytes(20_000L)
                .maxFileBytes(60_000L)
                .build());
    assertThat(result.deployed().orElseThrow().footprint().peakMemoryBytes())
        .isLessThanOrEqualTo(20_000);
    assertThat(result.deployed().orElseThrow().footprint().fileBytes()).isLessThanOrEqualTo(60_000);
  }

  @Test
  void aRunThatWasStoppedGoesOnAsIfNobodyHadStoppedIt() {
    SearchResult undisturbed = run(settings(StrategyKind.GRADIENT, "undisturbed"));
    Path out = folder.resolve("stopped");
    SearchSettings settings = settings(StrategyKind.GRADIENT, "stopped");
    for (String line : List.of("warm-up 3/", "search 20/")) {
      StoppingProgress.stop(settings, line);
    }
    SearchJob.resume(out, Progress.silent(), RunControl.standard()).orElseThrow();
    for (String file : List.of("network.json", "alphas.csv", "weights/trained.weights")) {
      assertThat(out.resolve(file))
          .hasSameBinaryContentAs(undisturbed.runDirectory().resolve(file));
    }
  }

  @Test
  void theSameSeedGivesTheSameCellsAndTheirReportNamesTheirEdges() throws IOException {
    SearchResult first = run(settings(StrategyKind.GRADIENT, "first"));
    SearchResult second = run(settings(StrategyKind.GRADIENT, "second"));
    assertThat(second.path()).isEqualTo(first.path());
    for (String file : List.of("network.json", "alphas.csv", "weights/trained.weights")) {
      assertThat(second.runDirectory().resolve(file))
          .hasSameBinaryContentAs(first.runDirectory().resolve(file));
    }
    NetworkFile.Placed placed =
        NetworkFile.readPlaced(first.runDirectory().resolve("network.json"));
    assertThat(placed.network()).isEqualTo(first.network());
    assertThat(placed.blocks()).contains("stem", "cell1.0", "reduction2.2←1", "classifier");

    JsonNode shown =
        ReportPage.of(HtmlReport.of(List.of(RunRecord.read(first.runDirectory()))).toString())
            .run(0);
    assertThat(shown.get("edges")).hasSize(10);
    assertThat(shown.get("edges").get(0).get("name").textValue()).isEqualTo("normal.2←0");
    JsonNode layers = shown.get("layers");
    assertThat(layers).hasSize(first.network().operators().size());
    for (int i = 0; i < layers.size(); i++) {
      assertThat(layers.get(i).get("block").textValue()).isEqualTo(placed.blocks().get(i));
    }
    assertThat(String.join("\n", Summary.of(first))).contains("reduction2.2←1 *");
    assertThat(Files.readString(first.runDirectory().resolve("prices.yaml")))
        .contains("edgePrices");
  }
}
