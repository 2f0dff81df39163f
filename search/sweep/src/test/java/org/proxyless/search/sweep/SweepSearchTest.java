package org.proxyless.search.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.cli.SearchArguments;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.StopSignal;

/** Real searches, in processes of their own on this machine. */
class SweepSearchTest {
  @TempDir Path folder;

  @Test
  void aCellIsTheSearchThatItsArgumentsAskForAndAMistakeIsItsMessage() throws Exception {
    SweepPlan plan = Sweeps.plan(folder, "{target-ms: [2.5, 0.01], strategy: [random], seed: [3]}");
    SweepFolder sweep = Sweeps.begun(folder, plan);
    StopSignal stop = new StopSignal();
    try (LocalSlots slots = LocalSlots.of(plan.needs(), stop)) {
      new SweepExecution(plan, sweep, Launch.likeThisProcess(), slots, stop).run(state -> {});
    }
    String failed = sweep.ended(plan.cells().get(1).id()).orElseThrow().message();
    assertThat(failed).contains("--target-ms is 0.01");

    Cell cell = plan.cells().get(0);
    CellFigures figures = sweep.ended(cell.id()).orElseThrow().figures();
    SearchResult single = single(cell, folder.resolve("single"));
    assertThat(figures.testAccuracy()).isEqualTo(single.testAccuracy());
    assertThat(figures.predictedMillis()).isEqualTo(single.prediction().latencyMillis());
    assertThat(Files.readAllBytes(sweep.run(cell.id()).resolve("weights/trained.weights")))
        .isEqualTo(Files.readAllBytes(folder.resolve("single/weights/trained.weights")));
  }

  private static SearchResult single(Cell cell, Path out) {
    List<String> words = new ArrayList<>(cell.arguments());
    words.add("--out=" + out);
    return new SearchJob(SearchArguments.settings(words), Progress.silent()).run();
  }
}
