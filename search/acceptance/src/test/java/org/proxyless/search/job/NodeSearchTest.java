package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Fingerprint;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Operator;
import org.proxyless.search.fixtures.TinyFiles;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.report.HtmlReport;
import org.proxyless.search.report.RunRecord;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/** The whole job on spaces whose nodes choose their inputs, and on that of NAS-Bench-201. */
class NodeSearchTest {
  @TempDir Path folder;

  private static String space(String file) {
    return TinyFiles.of(file).toString();
  }

  /** Of a device that is not here. */
  private LatencyTable table(String file) {
    SearchSpace space = SearchSpaces.load(space(file), 1, null, null);
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

  private SearchResult run(String strategy, String file) {
    Path table = folder.resolve("phone.table");
    LatencyTables.write(table(file), table);
    SearchSettings settings =
        TinySearch.settings(table, folder.resolve("run"))
            .space(space(file))
            .allowForeignTable(true)
            .strategy(new StrategyKind(strategy))
            .fineTuneEpochs(1)
            .maxImages(250)
            .epochs(1)
            .build();
    return new SearchJob(settings, Progress.silent()).run();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gradient",
        "gdas",
        "reinforce",
        "random",
        "evolution",
        "bayes",
        "asng",
        "enas",
        "nasnet-ppo"
      })
  void nodesThatChooseTheirInputsAreSearchedWithinTheTarget(String strategy) {
    SearchResult result = run(strategy, "tiny-nodes.yaml");
    double millis = NetworkLatency.of(result.network(), table("tiny-nodes.yaml")).latencyMillis();
    assertThat(millis).isLessThanOrEqualTo(result.targetMillis() * (1 + 1e-12));
    assertThat(result.prediction().latencyMillis()).isCloseTo(millis, within(1e-12));
    assertThat(result.network()).isEqualTo(result.space().network(result.path()));
    assertThat(result.testAccuracy()).isBetween(0.05, 1.0); // after a few steps
    assertThat(HtmlReport.of(List.of(RunRecord.read(result.runDirectory()))).toString())
        .contains("normal.2a.input");
  }

  @Test
  void aStrategyThatMixesIsRefusedBeforeAnythingIsTrained() {
    assertThatThrownBy(() -> run("darts-1", "tiny-nodes.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nodes choose their inputs")
        .hasMessageContaining("gradient");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradient", "evolution", "darts-1"})
  void theCellsOfNasBench201AreSearchedWithinTheTarget(String strategy) {
    SearchResult result = run(strategy, "tiny-bench.yaml");
    double millis = NetworkLatency.of(result.network(), table("tiny-bench.yaml")).latencyMillis();
    assertThat(millis).isLessThanOrEqualTo(result.targetMillis() * (1 + 1e-12));
    assertThat(result.prediction().latencyMillis()).isCloseTo(millis, within(1e-12));
    assertThat(HtmlReport.of(List.of(RunRecord.read(result.runDirectory()))).toString())
        .contains("stage1.1.3←0");
    assertThat(result.space().graph().couplings())
        .allMatch(coupling -> coupling.isKeptBy(result.path()));
  }
}
