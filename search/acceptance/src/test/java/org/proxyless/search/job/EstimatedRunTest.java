package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.CsvTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.prepare.SearchPlan;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.report.HtmlReport;
import org.proxyless.search.report.RunRecord;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.Fidelity;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;

class EstimatedRunTest {
  private static final List<String> OUTCOME =
      List.of(
          "network.json", "alphas.csv", "candidates.csv", "metrics.csv", "weights/trained.weights");

  @TempDir Path folder;

  private SearchSettings.Builder settings(StrategyKind strategy, EstimateKind kind, String out) {
    boolean cheap = kind == EstimateKind.LOW_FIDELITY;
    return TinySearch.settings(
            Tiny.foreignTable(folder.resolve("phone.table")), folder.resolve(out))
        .allowForeignTable(true)
        .strategy(strategy)
        .estimate(kind)
        .fidelity(cheap ? new Fidelity(0.5, 1, 0.75) : null)
        .evaluations(5)
        .warmupEpochs(kind == EstimateKind.INHERIT ? 1 : null)
        .epochs(2)
        .fineTuneEpochs(1);
  }

  @ParameterizedTest
  @CsvSource({
    "random,full",
    "bayes,low-fidelity",
    "evolution,inherit",
    "asng,learning-curve",
    "pnas,morphism"
  })
  void theJobCompletesAndGivesTheSameWhereverItIsStopped(String strategy, String kind)
      throws IOException {
    SearchSettings.Builder builder =
        settings(StrategyKind.of(strategy), EstimateKind.of(kind), "run");
    SearchResult result = new SearchJob(builder.build(), Progress.silent()).run();
    Path run = result.runDirectory();
    NetworkLatency latency =
        NetworkLatency.of(result.network(), LatencyTables.read(folder.resolve("phone.table")));
    assertThat(latency.latencyMillis()).isLessThanOrEqualTo(result.targetMillis());
    List<String> candidates = Files.readAllLines(run.resolve("candidates.csv"));
    assertThat(candidates).hasSize(1 + 5).doesNotHaveDuplicates();
    assertThat(run.resolve("weights/supernet.weights").toFile().exists())
        .isEqualTo(kind.equals("inherit"));
    HtmlReport.of(List.of(RunRecord.read(run))).write(folder.resolve("report.html"));

    SearchSettings settings = builder.out(folder.resolve("stopped")).build();
    StoppingProgress.stop(settings, "search 1/5"); // after an estimate
    StoppingProgress.stop(
        settings, "search 1/5"); // which is the first line on going on: within the next one
    StoppingProgress.stop(settings, "search 3/5");
    SearchJob.resume(settings.out(), Progress.silent(), RunControl.standard()).orElseThrow();
    for (String file : OUTCOME) {
      assertThat(settings.out().resolve(file)).hasSameBinaryContentAs(run.resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource({"bayes,low-fidelity", "evolution,full"})
  void severalAtATimeGiveTheSameWhereverTheyAreStopped(String strategy, String kind)
      throws IOException {
    SearchSettings.Builder builder =
        settings(StrategyKind.of(strategy), EstimateKind.of(kind), "atonce").ahead(3);
    new SearchJob(builder.build(), Progress.silent()).run();
    SearchSettings settings = builder.out(folder.resolve("stopped")).build();
    StoppingProgress.stop(settings, "search 2/5");
    SearchJob.resume(settings.out(), Progress.silent(), RunControl.standard()).orElseThrow();
    for (String file : OUTCOME) {
      assertThat(settings.out().resolve(file))
          .hasSameBinaryContentAs(folder.resolve("atonce").resolve(file));
    }
  }

  @Test
  void aSearchThatFindsNothingNewEnds() {
    SearchSettings all =
        settings(StrategyKind.of("random"), EstimateKind.LOW_FIDELITY, "all")
            .evaluations(18)
            .targetMillis(1.5)
            .maxImages(200)
            .epochs(1)
            .build();
    SearchResult result = new SearchJob(all, Progress.silent()).run();
    CsvTable candidates = CsvTable.read(result.runDirectory().resolve("candidates.csv"));
    assertThat(candidates.rows()).hasSizeBetween(2, 17);
  }

  @Test
  void aPlanPricesTheEstimates() {
    SearchPlan few =
        new SearchJob(
                settings(StrategyKind.of("bayes"), EstimateKind.FULL, "p").build(),
                Progress.silent())
            .plan();
    assertThat(few.schedule().searchSteps()).isEqualTo(5);
    SearchPlan many =
        new SearchJob(
                settings(StrategyKind.of("bayes"), EstimateKind.FULL, "p")
                    .evaluations(5000)
                    .build(),
                Progress.silent())
            .plan();
    assertThat(many.estimatedSeconds().get("search"))
        .isGreaterThan(50 * few.estimatedSeconds().get("search"));
  }
}
