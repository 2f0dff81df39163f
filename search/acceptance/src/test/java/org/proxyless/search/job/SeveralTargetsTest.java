package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.result.ParetoFront;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.result.Summary;
import org.proxyless.search.job.revisit.FinishedRun;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;

/** Several targets from one supernet in miniature; the tests share one run. */
class SeveralTargetsTest {
  private static final List<Double> TARGETS = List.of(1.6, 2.3, 3.0);

  @TempDir static Path shared;
  private static Path table;
  private static Path run;
  private static List<SearchResult> results;

  private static SearchSettings settings(Path out) {
    return TinySearch.settings(table, out)
        .allowForeignTable(true)
        .targetsMillis(List.of(3.0, 1.6, 2.3))
        .fineTuneEpochs(1)
        .build();
  }

  @BeforeAll
  static void search() {
    table = Tiny.foreignTable(shared.resolve("phone.table"));
    run = shared.resolve("run");
    results = new SearchJob(settings(run), Progress.silent()).runAll();
  }

  @Test
  void everyTargetGetsANetworkThatKeepsItByTheTable() {
    assertThat(results).extracting(SearchResult::targetMillis).isEqualTo(TARGETS);
    for (SearchResult result : results) {
      assertThat(result.prediction().latencyMillis()).isLessThanOrEqualTo(result.targetMillis());
      assertThat(result.savedModel().resolve("1/saved_model.pb")).exists();
    }
    assertThat(results)
        .extracting(result -> run.relativize(result.savedModel()).toString())
        .containsExactly(
            Path.of("export", "tiny-1.6ms").toString(),
            Path.of("export", "tiny-2.3ms").toString(),
            Path.of("export", "tiny-3ms").toString());
  }

  @Test
  void eachNetworkHasARunDirectoryOfItsOwn() {
    for (SearchResult result : results) {
      try (FinishedRun finished = FinishedRun.open(result.runDirectory());
          RunDirectory own = RunDirectory.open(result.runDirectory())) {
        assertThat(finished.evaluate(null).accuracy()).isEqualTo(result.testAccuracy());
        assertThat(own.settings().targetMillis()).isEqualTo(result.targetMillis());
        assertThat(own.settings().targetsMillis()).isNull();
      }
    }
    assertThat(results.get(2).runDirectory()).isEqualTo(run.resolve("3ms").toAbsolutePath());
  }

  @Test
  void theFrontIsWrittenAsTableAndPlot() throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("pareto.csv"));
    assertThat(lines.get(0)).isEqualTo("target,predicted,measured,accuracy,network");
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).startsWith("1.6,").endsWith(",export/tiny-1.6ms");
    assertThat(Files.readString(run.resolve("pareto.svg"))).contains("<svg", "<circle");
    assertThat(ImageIO.read(run.resolve("pareto.png").toFile()).getWidth()).isEqualTo(800);
  }

  @Test
  void theRunsFiguresAreThoseOfAllTargets() throws IOException {
    JsonNode figures =
        new ObjectMapper().readTree(run.resolve("provenance.json").toFile()).get("figures");
    assertThat(figures.get("targets")).hasSize(3);
    assertThat(figures.get("targets").get(1).get("targetMillis").doubleValue()).isEqualTo(2.3);
    assertThat(String.join("\n", Summary.of(new ParetoFront(results))))
        .contains("1.600 ms", "2.300 ms", "3.000 ms", "tiny-3ms");
  }

  @Test
  void onlyNetworksThatNoneBeatsAreOnTheFront() {
    List<SearchResult> front = new ParetoFront(results).front();
    assertThat(front).isNotEmpty();
    for (SearchResult result : results) {
      boolean beaten =
          results.stream()
              .anyMatch(
                  other ->
                      other.prediction().latencyMillis() < result.prediction().latencyMillis()
                          && other.testAccuracy() > result.testAccuracy());
      if (beaten) {
        assertThat(front).doesNotContain(result);
      }
    }
  }

  @Test
  void aRunThatWasStoppedGoesOnToTheSameNetworks() {
    Path out = shared.resolve("stopped");
    StopSignal stop = new StopSignal();
    stop.request();
    RunControl stopping = new RunControl(Duration.ofMinutes(1), stop);
    SearchJob job = new SearchJob(settings(out), Progress.silent(), stopping);
    assertThatThrownBy(job::runAll).isInstanceOf(RunStoppedException.class);
    List<SearchResult> resumed =
        SearchJob.resumeAll(out, Progress.silent(), RunControl.standard()).orElseThrow();
    assertThat(resumed)
        .extracting(SearchResult::network)
        .isEqualTo(results.stream().map(SearchResult::network).toList());
    assertThat(SearchJob.resumeAll(out, Progress.silent(), RunControl.standard())).isEmpty();
  }

  @Test
  void severalTargetsHaveNoSingleResult() {
    SearchJob job = new SearchJob(settings(shared.resolve("none")), Progress.silent());
    assertThatThrownBy(job::run).isInstanceOf(IllegalStateException.class);
  }
}
