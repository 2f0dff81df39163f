package org.proxyless.search.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.StoppingProgress;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategiesSettings;
import org.proxyless.search.run.settings.StrategyKind;

/** In miniature; the tests share one comparison. */
class StrategiesJobTest {
  private static final List<StrategyKind> TWO =
      List.of(StrategyKind.GRADIENT, StrategyKind.of("evolution"));

  @TempDir static Path shared;
  private static Path table;
  private static StrategiesComparison undisturbed;

  @TempDir Path folder;

  @BeforeAll
  static void compare() {
    table = Tiny.foreignTable(shared.resolve("phone.table"));
    undisturbed = run(settings(shared.resolve("comparison"), TWO, 2), Progress.silent());
  }

  private static SearchSettings.Builder search(Path out) {
    return TinySearch.settings(table, out)
        .allowForeignTable(true)
        .epochs(1)
        .fineTuneEpochs(0)
        .seed(3L);
  }

  private static StrategiesSettings settings(Path out, List<StrategyKind> strategies, int seeds) {
    return new StrategiesSettings(search(out).build(), strategies, seeds, 1);
  }

  private static StrategiesComparison run(StrategiesSettings settings, Progress progress) {
    return new StrategiesJob(settings, progress, RunControl.standard()).run();
  }

  @Test
  void allSearchOnEqualTerms() {
    assertThat(undisturbed.results())
        .extracting(StrategyResult::strategy)
        .containsExactlyElementsOf(TWO);
    Set<Object> terms =
        undisturbed.runs().stream()
            .map(
                run -> {
                  try (RunDirectory directory = RunDirectory.open(run)) {
                    SearchSettings settings = directory.settings();
                    return List.of(
                        settings.targetMillis(),
                        settings.table(),
                        settings.warmupEpochs(),
                        settings.epochs());
                  }
                })
            .collect(Collectors.toSet());
    assertThat(undisturbed.runs()).hasSize(4);
    assertThat(terms).hasSize(1);
    for (StrategyResult result : undisturbed.results()) {
      assertThat(result.attempts()).extracting(Attempt::seed).containsExactly(3L, 4L);
      assertThat(result.attempts())
          .allMatch(attempt -> attempt.predictedMillis() <= undisturbed.targetMillis())
          .allMatch(attempt -> attempt.warmupSteps() > 0 && attempt.searchSteps() > 0)
          .extracting(attempt -> attempt.warmupSteps() + attempt.searchSteps())
          .containsOnly(
              undisturbed.results().get(0).attempts().get(0).warmupSteps()
                  + undisturbed.results().get(0).attempts().get(0).searchSteps());
    }
  }

  @Test
  void theFiguresAreWrittenWithEveryPairsDifference() throws IOException {
    JsonNode json = new ObjectMapper().readTree(shared.resolve("comparison/compare.json").toFile());
    JsonNode gradient = json.get("strategies").get(0);
    assertThat(gradient.get("strategy").textValue()).isEqualTo("gradient");
    assertThat(gradient.get("interval95")).hasSize(2);
    assertThat(gradient.get("runs")).hasSize(2);
    assertThat(gradient.get("runs").get(1).get("run").textValue()).isEqualTo("gradient-4");
    assertThat(json.get("differences")).hasSize(1);
    JsonNode difference = json.get("differences").get(0);
    assertThat(difference.get("second").textValue()).isEqualTo("evolution");
    assertThat(difference.get("difference").doubleValue())
        .isEqualTo(
            gradient.get("meanTestAccuracy").doubleValue()
                - json.get("strategies").get(1).get("meanTestAccuracy").doubleValue());
    List<String> lines = StrategiesText.of(undisturbed);
    assertThat(lines).anyMatch(line -> line.startsWith("gradient − evolution "));
    assertThat(lines).anyMatch(line -> line.startsWith("Each searched for 1 epoch "));
  }

  @Test
  void whatWasDoneIsNotDoneAgain() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    StrategiesComparison again =
        run(
            settings(shared.resolve("comparison"), TWO, 2),
            StoppingProgress.at("never", new StopSignal(), shown));
    assertThat(again).isEqualTo(undisturbed);
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("1 of 1 trainings are done already")
        .doesNotContain("warm-up", "loss");
  }

  @Test
  void stoppedInTheMiddleItGoesOnAsIfNobodyHadStoppedIt() throws InterruptedException {
    Path out = folder.resolve("stopped");
    StopSignal stop = new StopSignal();
    Progress progress = StoppingProgress.at("warm-up 5/", stop, OutputStream.nullOutputStream());
    StrategiesJob stopped =
        new StrategiesJob(
            settings(out, TWO, 2), progress, new RunControl(Duration.ofDays(1), stop));
    assertThatThrownBy(stopped::run).isInstanceOf(RunStoppedException.class);
    assertThat(stop.awaitEnd(Duration.ZERO)).contains("the same command with --out " + out);
    assertThat(out.resolve("gradient-3/checkpoints")).exists();
    assertSameNetworksAndAccuracies(run(settings(out, TWO, 2), Progress.silent()), undisturbed);
  }

  private static void assertSameNetworksAndAccuracies(
      StrategiesComparison comparison, StrategiesComparison expected) {
    for (int s = 0; s < TWO.size(); s++) {
      assertThat(comparison.results().get(s).attempts())
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("searchSeconds")
          .isEqualTo(expected.results().get(s).attempts());
    }
  }

  @Test
  void otherSettingsOrAFolderOfSomethingElseAreRefused() throws IOException {
    Path out = shared.resolve("comparison");
    StrategiesSettings other = new StrategiesSettings(search(out).batchSize(16).build(), TWO, 2, 1);
    assertThatThrownBy(() -> run(other, Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("batchSize was 32, and is 16 now")
        .hasMessageNotContaining("\n");
    Files.writeString(folder.resolve("something"), "else");
    assertThatThrownBy(() -> run(settings(folder, TWO, 1), Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void aStrategyThatDoesNotFitIntoMemoryIsRefusedBeforeAnythingIsTrained() {
    Path out = folder.resolve("huge");
    StrategiesSettings huge =
        new StrategiesSettings(
            search(out).batchSize(50_000_000).build(),
            List.of(StrategyKind.GRADIENT, StrategyKind.of("darts-2")),
            1,
            1);
    assertThatThrownBy(() -> run(huge, Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--strategy darts-2 runs all candidates at once");
    assertThat(out.resolve("gradient-3")).doesNotExist();
  }

  @Test
  void strategiesAreNamedOnceAndAreAtLeastTwo() {
    Path out = folder.resolve("none");
    assertThatThrownBy(() -> settings(out, List.of(StrategyKind.of("random")), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--strategies is random; name at least two, or give a RUN instead.");
    assertThatThrownBy(
            () -> settings(out, List.of(StrategyKind.of("random"), StrategyKind.of("random")), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--strategies is random,random; name each once.");
  }
}
