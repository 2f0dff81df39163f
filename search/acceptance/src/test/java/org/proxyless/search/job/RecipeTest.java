package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.derive.Recipes;
import org.proxyless.search.job.derive.SupernetTeacher;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.ClassWeights;
import org.proxyless.search.run.settings.RecipeKind;
import org.proxyless.search.run.settings.RecipeSettings;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.train.Teacher;
import org.proxyless.search.train.TrainingRecipe;

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
        TinySearch.settings(table, shared.resolve(out))
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
    return new TrainJob(training(fromScratch, out, recipe), Progress.silent()).run().runDirectory();
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
  void theUsualRecipeIsNoneAtAll() throws IOException {
    RecipeSettings usual = new RecipeSettings(null, 0.1, null, null, null, null, null, null);
    assertThat(weights(train(true, "usual", usual))).isEqualTo(weights(train(true, "plain", null)));
  }

  @Test
  void everyPartOfTheSettingsArrives() {
    Teacher teacher =
        new Teacher() {
          @Override
          public float[] probabilities(float[] images, int size) {
            return new float[0];
          }

          @Override
          public void close() {}
        };
    try (Dataset dataset = SearchInput.openDataset(TinySearch.settings(null, folder).build())) {
      TrainingRecipe recipe = Recipes.of(EVERYTHING, 5, dataset, () -> teacher);
      double[] weights = recipe.classWeights().orElseThrow();
      assertThat(weights)
          .isEqualTo(TrainingRecipe.balanced(dataset.train().classCounts()))
          .hasSize(10);
      assertThat(recipe)
          .isEqualTo(
              new TrainingRecipe(
                  0.05, 3, 0.3, 0, recipe.classWeights(), Optional.of(teacher), 0.4, 0.9, 5));
      RecipeSettings box = new RecipeSettings(null, null, null, null, null, 0.7, null, null);
      assertThat(Recipes.of(box, 5, dataset, () -> teacher))
          .isEqualTo(
              new TrainingRecipe(0.1, 0, 0, 0.7, Optional.empty(), Optional.empty(), 0, 0, 5));
      assertThat(Recipes.of(null, 5, dataset, () -> teacher)).isEqualTo(TrainingRecipe.plain(0.1));
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
    SplittableRandom random = new SplittableRandom(1);
    for (int draw = 0; draw < 500; draw++) { // of 18 networks
      greatest = Math.max(greatest, space.network(space.graph().draw(random)).macs());
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
    SearchSettings.Builder limited =
        SearchSettings.builder()
            .timeLimit(Duration.ofMinutes(9))
            .recipe(new RecipeSettings(RecipeKind.FULL, null, null, null, null, null, 0.5, null));
    assertThatThrownBy(limited::build)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("take longer than --time-limit plans");
    assertThat(new RecipeSettings(null, null, null, null, null, null, null, null).orNull())
        .isNull();
    assertThatThrownBy(() -> training(false, "out", null).with(run, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the network starts from what it inherited");
  }
}
