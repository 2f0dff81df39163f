package org.proxyless.search.job.revisit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.ScoreKind;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.Evaluation;
import org.proxyless.search.train.QuickScoring;

class ScoreTest {
  @TempDir static Path shared;
  private static Path run;

  @BeforeAll
  static void search() {
    run = new SearchJob(settings("run").build(), Progress.silent()).run().runDirectory();
  }

  private static SearchSettings.Builder settings(String out) {
    Path table = shared.resolve("phone.json");
    if (!Files.exists(table)) {
      Tiny.foreignTable(table);
    }
    return TinySearch.settings(table, shared.resolve(out))
        .allowForeignTable(true)
        .epochs(1)
        .fineTuneEpochs(0)
        .strategy(StrategyKind.of("evolution"))
        .score(ScoreKind.MACRO_F1);
  }

  @Test
  void theSettingsKnowOfAnotherScoreOnly() throws IOException {
    assertThat(Files.readString(run.resolve("settings.yaml"))).contains("score: macro-f1");
    assertThat(SearchSettings.builder().score(ScoreKind.ACCURACY).build())
        .isEqualTo(SearchSettings.builder().build());
    SearchSettings.Builder curve =
        settings("curve").warmupEpochs(0).estimate(EstimateKind.LEARNING_CURVE);
    assertThatThrownBy(curve::build)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--score is macro-f1; --estimate learning-curve follows");
  }

  /** By the supernet's weights, which the network inherited and was then only calibrated. */
  @Test
  void theBestNetworkHasTheBestScoreOnValidationImages() throws IOException {
    double best =
        Files.readAllLines(run.resolve("candidates.csv")).stream()
            .map(row -> row.split(","))
            .filter(row -> row[0].equals(lastStep()))
            .mapToDouble(row -> Double.parseDouble(row[3]))
            .max()
            .orElseThrow();
    try (PastSearch past =
            PastSearch.open(
                new TrainSettings(run, true, 1, null, null, null, null, null), Progress.silent());
        RunDirectory directory = RunDirectory.open(run)) {
      Batches batches = new Batches(past.dataset(), past.settings());
      double score =
          batches
              .scoring(new Supernet.Settings(32, 1), batches::choosing)
              .score(past.network(), TrainedNetwork.readInherited(directory, past.network()))
              .accuracy();
      assertThat(score).isEqualTo(best);
    }
  }

  private static String lastStep() {
    try {
      var rows = Files.readAllLines(run.resolve("candidates.csv"));
      return rows.get(rows.size() - 1).split(",")[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aQuickScoreIsThatOfAllWholeBatches() {
    try (PastSearch past =
            PastSearch.open(
                new TrainSettings(run, true, 1, null, null, null, null, null), Progress.silent());
        Supernet supernet =
            Supernet.nested(
                past.priced().graph(), new Supernet.Settings(32, 1), new SplittableRandom(1));
        RunDirectory directory = RunDirectory.open(run)) {
      supernet.assign(SharedWeightsFile.read(directory));
      Batches batches = new Batches(past.dataset(), past.settings());
      int[] path = {0, 1, 0};
      int classes = past.dataset().classes();
      int[][] confusion = new int[classes][classes];
      double loss = 0;
      int count = 0;
      try (BatchStream images = batches.racing(100)) {
        while (images.hasNext()) {
          Batch batch = images.next();
          if (batch.size() == 32) {
            int[] predicted = supernet.classify(path, batch).predicted();
            int correct = 0;
            for (int i = 0; i < 32; i++) {
              confusion[batch.labels()[i]][predicted[i]]++;
              correct += batch.labels()[i] == predicted[i] ? 1 : 0;
            }
            assertThat(supernet.score(path, batch).accuracy()).isEqualTo(correct / 32.0);
            loss += supernet.score(path, batch).loss();
            count++;
          }
        }
      }
      Evaluation expected = new Evaluation(confusion);
      for (ToDoubleFunction<Evaluation> score :
          List.<ToDoubleFunction<Evaluation>>of(
              Evaluation::macroF1, Evaluation::balancedAccuracy)) {
        try (BatchStream images = batches.racing(100)) {
          var seen = new QuickScoring(supernet, Optional.of(score)).score(path, images);
          assertThat(seen.accuracy()).isEqualTo(score.applyAsDouble(expected));
          assertThat(seen.loss()).isCloseTo(loss / count, within(1e-6));
        }
      }
    }
  }
}
