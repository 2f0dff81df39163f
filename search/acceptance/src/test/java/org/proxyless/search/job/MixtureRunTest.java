package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.prepare.SearchPlan;
import org.proxyless.search.job.prepare.Supernets;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;

class MixtureRunTest {
  @TempDir Path folder;

  private SearchSettings settings(StrategyKind strategy, String out) {
    return TinySearch.settings(Tiny.foreignTable(folder.resolve("phone.json")), folder.resolve(out))
        .allowForeignTable(true)
        .strategy(strategy)
        .fineTuneEpochs(1)
        .build();
  }

  private static SearchResult run(SearchSettings settings) {
    return new SearchJob(settings, Progress.silent()).run();
  }

  @ParameterizedTest
  @ValueSource(strings = {"darts-1", "darts-2", "snas", "gdas"})
  void theJobCompletesWithinTheTargetAndGivesTheSameTwice(StrategyKind strategy) {
    SearchResult result = run(settings(strategy, "first"));
    NetworkLatency latency =
        NetworkLatency.of(result.network(), LatencyTables.read(folder.resolve("phone.json")));
    assertThat(latency.latencyMillis()).isLessThanOrEqualTo(result.targetMillis());
    assertThat(result.testAccuracy()).isBetween(0.15, 1.0); // better than a guess
    run(settings(strategy, "second"));
    assertSameOutcome(folder.resolve("second"), result.runDirectory());
  }

  private static void assertSameOutcome(Path run, Path expected) {
    for (String file :
        List.of("network.json", "alphas.csv", "metrics.csv", "weights/trained.weights")) {
      assertThat(run.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"darts-2", "snas", "gdas"})
  void aRunThatWasStoppedGoesOnAsIfNobodyHadStoppedIt(StrategyKind strategy) {
    SearchResult undisturbed = run(settings(strategy, "undisturbed"));
    Path out = folder.resolve("stopped");
    SearchSettings settings = settings(strategy, "stopped");
    for (String line : List.of("warm-up 3/", "search 20/")) {
      StoppingProgress.stop(settings, line);
    }
    SearchJob.resume(out, Progress.silent(), RunControl.standard()).orElseThrow();
    assertSameOutcome(out, undisturbed.runDirectory());
  }

  @Test
  void aPlanTimesRoundsOfAMixture() {
    SearchPlan plan =
        new SearchJob(settings(StrategyKind.of("darts-2"), "plan"), Progress.silent()).plan();
    assertThat(plan.estimatedSeconds().get("search"))
        .isGreaterThan(plan.estimatedSeconds().get("warm-up"));
  }

  @Test
  void aSpaceThatDoesNotFitIntoMemoryIsRefusedWithTheEstimate() {
    assertThatThrownBy(() -> Supernets.requireFits(StrategyKind.of("darts-2"), 256, 31.26, 7.5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--strategy darts-2")
        .hasMessageContaining("31.3 GiB at --batch-size 256")
        .hasMessageContaining("7.5 GiB are available")
        .hasMessageContaining("gradient or gdas")
        .hasMessageNotContaining("\n");
    Supernets.requireFits(StrategyKind.of("darts-2"), 256, 7.4, 7.5);
  }
}
