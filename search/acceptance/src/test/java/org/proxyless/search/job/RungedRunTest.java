package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.Fidelity;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;

class RungedRunTest {
  @TempDir Path folder;

  private SearchSettings.Builder settings(String out) {
    return TinySearch.settings(
            Tiny.foreignTable(folder.resolve("phone.table")), folder.resolve(out))
        .allowForeignTable(true)
        .strategy(StrategyKind.of("hyperband"))
        .estimate(EstimateKind.LOW_FIDELITY)
        .fidelity(new Fidelity(0.5, 1, 0.75))
        .evaluations(4)
        .warmupEpochs(null)
        .epochs(2)
        .fineTuneEpochs(1);
  }

  @Test
  void networksAreTrainedOnAndTheRunGivesTheSameWhereverItIsStopped() throws IOException {
    SearchResult result = new SearchJob(settings("run").build(), Progress.silent()).run();
    NetworkLatency latency =
        NetworkLatency.of(result.network(), LatencyTables.read(folder.resolve("phone.table")));
    assertThat(latency.latencyMillis()).isLessThanOrEqualTo(result.targetMillis());
    List<String> candidates = Files.readAllLines(result.runDirectory().resolve("candidates.csv"));
    // Two rungs, the first for 0.28: four draws and the best of them, then two of all training, …
    assertThat(candidates).hasSizeBetween(6, 12);

    SearchSettings stopped = settings("stopped").build();
    StoppingProgress.stop(stopped, "search 1/4");
    StoppingProgress.stop(stopped, "search 2/4");
    SearchJob.resume(stopped.out(), Progress.silent(), RunControl.standard()).orElseThrow();
    for (String file : List.of("candidates.csv", "network.json")) {
      assertThat(stopped.out().resolve(file))
          .hasSameBinaryContentAs(result.runDirectory().resolve(file));
    }
  }

  @Test
  void whatHasNoRungsIsRefused() {
    assertThatThrownBy(() -> settings("no").estimate(null).fidelity(null).evaluations(null).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--strategy is hyperband; it trains most networks a little");
    assertThatThrownBy(() -> settings("no").fidelity(new Fidelity(0.5, 1, 1, 0.5)).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("without width");
    assertThatThrownBy(() -> settings("no").fidelity(new Fidelity(1, 1, 1)).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it needs --estimate low-fidelity, and a --fidelity below full");
  }

  @Test
  void rungsLeadToFullTrainingInEvenRatios() {
    List<Fidelity> rungs = new Fidelity(1.0 / 9, 1, 1).rungs();
    assertThat(rungs).hasSize(3);
    assertThat(rungs.get(1).epochs()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(new HashSet<>(rungs)).contains(new Fidelity(1, 1, 1));
    assertThat(new Fidelity(0.9, 1, 1).rungs()).hasSize(2);
  }
}
