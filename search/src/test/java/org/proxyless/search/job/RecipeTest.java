package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.search.run.ClassWeights;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.RecipeKind;
import org.proxyless.search.run.RecipeSettings;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.TrainSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

class RecipeTest {
  private static final RecipeSettings EVERYTHING =
      new RecipeSettings(null, 0.05, ClassWeights.BALANCED, 3, 0.3, null, 0.4, 0.9);

  @TempDir static Path shared;
  private static Path run;

  @TempDir Path folder;

  @BeforeAll
  static void search() {
    run = search("run", null).runDirectory();
  }

  private static SearchResult search(String out, RecipeSettings recipe) {
    Path table = shared.resolve("phone.json");
    if (!Files.exists(table)) {
      Tiny.foreignTable(table);
    }
    SearchSettings settings =
        Tiny.search(table, shared.resolve(out))
            .allowForeignTable(true)
            .epochs(1)
            .fineTuneEpochs(1)
            .recipe(recipe)
            .build();
    return new SearchJob(settings, Progress.silent()).run();
  }

  private TrainSettings training(boolean fromScratch, String out, RecipeSettings recipe) {
    return new TrainSettings(run, fromScratch, 1, null, null, null, null, folder.resolve(out))
        .with(null, recipe);
  }

  private Path train(boolean fromScratch, String out, RecipeSettings recipe) {
    return new TrainJob(training(fromScratch, out, recipe), Progress.silent())
        .run()
        .runDirectory();
  }

  private static byte[] weights(Path of) throws IOException {
    return Files.readAllBytes(of.resolve("weights/trained.weights"));
  }

  /** From scratch, and from inherited weights with their looks at the validation images. */
  @Test
  void aTrainingWithEverythingGoesOnWithTheSameBits() throws IOException {
    for (boolean fromScratch : new boolean[] {true, false}) {
      String name = fromScratch ? "scratch" : "inherited";
      byte[] whole = weights(train(fromScratch, name, EVERYTHING));
      Path out = folder.resolve(name + "-stopped");
      StopSignal stop = new StopSignal();
      TrainJob job =
          new TrainJob(
              training(fromScratch, name + "-stopped", EVERYTHING),
              StoppingProgress.at("train 9/", stop, OutputStream.nullOutputStream()),
              new RunControl(Duration.ofDays(1), stop));
      assertThatThrownBy(job::run).isInstanceOf(RunStoppedException.class);
      assertThat(TrainJob.resume(out, Progress.silent(), RunControl.standard())).isPresent();
      assertThat(weights(out)).isEqualTo(whole);
    }
  }

  @Test
  void everyPartOfItChangesTheTraining() throws IOException {
    byte[] plain = weights(train(true, "plain", null));
    assertThat(weights(train(true, "usual", new RecipeSettings(null, 0.1, null, null, null, null, null, null))))
        .isEqualTo(plain);
    List<RecipeSettings> each =
        List.of(
            new RecipeSettings(null, 0.3, null, null, null, null, null, null),
            new RecipeSettings(null, null, ClassWeights.BALANCED, null, null, null, null, null),
            new RecipeSettings(null, null, null, 3, null, null, null, null),
            new RecipeSettings(null, null, null, null, 0.2, null, null, null),
            new RecipeSettings(null, null, null, null, null, 1.0, null, null),
            new RecipeSettings(null, null, null, null, null, null, 0.5, null),
            new RecipeSettings(null, null, null, null, null, null, null, 0.9));
    for (int i = 0; i < each.size(); i++) {
      assertThat(weights(train(true, "other" + i, each.get(i)))).as("%d", i).isNotEqualTo(plain);
    }
  }

  @Test
  void aSearchTrainsItsNetworkByItsRecipe() throws IOException {
    SearchResult full =
        search("full", new RecipeSettings(RecipeKind.FULL, null, null, null, null, null, 0.5, 0.9));
    List<String> metrics = Files.readAllLines(full.runDirectory().resolve("metrics.csv"));
    assertThat(metrics).noneMatch(row -> row.startsWith("fine-tune-validation"));
    assertThat(metrics).anyMatch(row -> row.startsWith("fine-tune,"));
    assertThat(Files.readAllBytes(full.runDirectory().resolve("weights/inherited.weights")))
        .isEqualTo(Files.readAllBytes(run.resolve("weights/inherited.weights")));
    assertThat(weights(full.runDirectory())).isNotEqualTo(weights(run));
  }

  @Test
  void theTeacherIsTheNetworkWithTheMostArithmetic() {
    SearchSpace space = SearchSpaces.load(Tiny.space().toString(), 1, null, null);
    long most = space.network(SupernetTeacher.largest(space.graph())).macs();
    long greatest = 0;
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        for (int c = 0; c < space.edges().get(2).candidates().size(); c++) {
          int[] path = {a, b, c};
          if (a < space.edges().get(0).candidates().size()) {
            greatest = Math.max(greatest, space.network(path).macs());
          }
        }
      }
    }
    assertThat(most).isEqualTo(greatest);
  }

  @Test
  void valuesOutOfTheirRangesAreRefused() {
    assertThatThrownBy(() -> new RecipeSettings(null, 1.0, null, null, null, null, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--label-smoothing is 1.0; it must be at least 0 and less than 1.");
    assertThatThrownBy(() -> new RecipeSettings(null, null, null, null, 1.5, null, null, null))
        .hasMessage("--mixup is 1.5; it must be above 0 and at most 1.");
    assertThatThrownBy(() -> new RecipeSettings(null, null, null, null, 0.2, 1.0, null, null))
        .hasMessage("--mixup is 0.2 and --cutmix 1.0; give one of the two.");
    assertThat(new RecipeSettings(null, null, null, null, null, null, null, null).orNull())
        .isNull();
    assertThatThrownBy(() -> training(false, "out", null).with(run, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the network starts from what it inherited");
  }
}
