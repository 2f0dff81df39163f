package org.proxyless.search.job.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Shape;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.StoppingProgress;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.job.TrainJob;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.supernet.SharedWeights;
import org.proxyless.search.supernet.Supernet;

class InitialWeightsTest {
  private static final Shape GREY = new Shape(14, 14, 1);

  @TempDir static Path shared;
  private static Path table;
  private static Path run;

  @TempDir Path folder;

  @BeforeAll
  static void search() {
    table = Tiny.foreignTable(shared.resolve("phone.json"));
    run = run(settings(shared.resolve("run"))).runDirectory();
  }

  private static SearchSettings.Builder settings(Path out) {
    return TinySearch.settings(table, out).allowForeignTable(true).epochs(1).fineTuneEpochs(1);
  }

  private static SearchResult run(SearchSettings.Builder settings) {
    return new SearchJob(settings.build(), Progress.silent()).run();
  }

  private static SearchSpace space(double width, Shape shape, int classes) {
    return SearchSpaces.load(Tiny.space().toString(), width, shape, classes);
  }

  private static SharedWeights supernetOf(SearchSpace space, SharedWeights begun) {
    try (Supernet supernet =
        Supernet.nested(space.graph(), new Supernet.Settings(2, 1), new SplittableRandom(3))) {
      supernet.assign(begun);
      return supernet.sharedWeights();
    }
  }

  @Test
  void theSameSpaceBeginsWithAllOfThem() {
    SearchSpace space = space(1, GREY, 10);
    var taken = InitialWeights.read(run).of(space);
    assertThat(taken.text()).isEqualTo("Weights of " + run + ": 8 of 8 operators begin with them");
    SharedWeights begun = supernetOf(space, taken.weights());
    try (RunDirectory directory = RunDirectory.open(run)) {
      SharedWeights trained = SharedWeightsFile.read(directory);
      assertThat(begun.all().keySet()).isEqualTo(trained.all().keySet());
      begun.all().forEach((key, numbers) -> assertThat(numbers).isEqualTo(trained.all().get(key)));
    }
  }

  @Test
  void otherClassesAndSizesOfImagesLeaveOutWhatDoesNotFit() {
    var larger = InitialWeights.read(run).of(space(1, new Shape(20, 18, 1), 10));
    assertThat(larger.text()).endsWith(": 8 of 8 operators begin with them");
    var otherClasses = InitialWeights.read(run).of(space(1, GREY, 7));
    assertThat(otherClasses.text())
        .endsWith(": 7 of 8 operators begin with them; afresh begin those of classifier");
    var colors = InitialWeights.read(run).of(space(1, new Shape(14, 14, 3), 7));
    assertThat(colors.text())
        .endsWith(": 6 of 8 operators begin with them; afresh begin those of stem, classifier");
    SearchSpace space = space(1, new Shape(14, 14, 3), 7);
    SharedWeights begun = supernetOf(space, colors.weights());
    SharedWeights fresh = supernetOf(space, new SharedWeights());
    try (RunDirectory directory = RunDirectory.open(run)) {
      SharedWeights trained = SharedWeightsFile.read(directory);
      begun
          .all()
          .forEach(
              (key, numbers) -> {
                int block = key.place().operator();
                boolean left = block == 0 || block == space.graph().blocks().size() - 1;
                assertThat(numbers).isEqualTo((left ? fresh : trained).all().get(key));
              });
    }
  }

  @Test
  void whereNothingFitsOrNothingIsThereOneLineSaysSo() throws IOException {
    SearchSpace wide = space(2, new Shape(14, 14, 3), 7);
    InitialWeights weights = InitialWeights.read(run);
    assertThatThrownBy(() -> weights.of(wide))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--initial-weights is " + run + "; none of its operators fits")
        .hasMessageNotContaining("\n");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Files.copy(run.resolve("settings.yaml"), empty.resolve("settings.yaml"));
    SearchSettings.Builder without = settings(folder.resolve("out")).initialWeights(empty);
    assertThatThrownBy(() -> run(without))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it has no weights");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aSearchThatBeginsWithThemStartsWithALowerLossAndGoesOnWithTheSameBits() throws IOException {
    SearchSettings.Builder settings = settings(folder.resolve("whole")).initialWeights(run);
    Path whole = run(settings).runDirectory();
    assertThat(firstLoss(whole)).isLessThan(0.97 * firstLoss(run));
    assertThat(Files.readString(whole.resolve("settings.yaml"))).contains("initialWeights: ");
    Path out = folder.resolve("stopped");
    StoppingProgress.stop(settings.out(out).build(), "search 5/");
    SearchJob.resume(out, Progress.silent(), RunControl.standard());
    assertThat(out.resolve("weights/trained.weights"))
        .hasSameBinaryContentAs(whole.resolve("weights/trained.weights"));
  }

  private static double firstLoss(Path of) throws IOException {
    return Double.parseDouble(Files.readAllLines(of.resolve("metrics.csv")).get(1).split(",")[3]);
  }

  @Test
  void aTrainingBeginsWithTheNetworkThatAnotherRunTrained() throws IOException {
    TrainSettings again =
        new TrainSettings(run, true, 1, null, 9L, null, null, folder.resolve("first"));
    Path first = new TrainJob(again, Progress.silent()).run().runDirectory();
    Network network;
    NetworkWeights trained;
    List<String> blocks;
    try (RunDirectory directory = RunDirectory.open(first)) {
      network = TrainedNetwork.readDerived(directory);
      trained = TrainedNetwork.read(directory).weights();
      blocks = InitialWeights.names(directory);
    }
    assertThat(blocks).startsWith("stem").endsWith("classifier");
    var taken = InitialWeights.read(first).of(network, blocks, new NetworkWeights());
    taken
        .weights()
        .all()
        .forEach((key, numbers) -> assertThat(numbers).isEqualTo(trained.get(key)));
    Path second =
        new TrainJob(
                new TrainSettings(run, true, 1, null, 9L, null, null, folder.resolve("second"))
                    .with(first, null),
                Progress.silent())
            .run()
            .runDirectory();
    assertThat(firstLoss(second)).isLessThan(0.97 * firstLoss(first));
  }
}
