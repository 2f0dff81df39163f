package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.devices.tensorflow.SavedModelWriter;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.supernet.Supernet;

class RecalibratedScoringTest {
  private static final int BATCH = 32;
  private static final Supernet.Settings SETTINGS = new Supernet.Settings(BATCH, 1);

  @TempDir Path folder;

  @Test
  void lossAndAccuracyAreThoseOfTheLogits() {
    RecalibratedScoring.Tally tally = new RecalibratedScoring.Tally();
    tally.add(new float[] {0, 1, 0, 3, 2, 1}, new int[] {1, 1});
    tally.add(new float[] {1000, 0, 0}, new int[] {0});
    double first = -Math.log(Math.E / (2 + Math.E));
    double second = -Math.log(Math.exp(2) / (Math.exp(3) + Math.exp(2) + Math.E));
    assertThat(tally.score().loss()).isCloseTo((first + second) / 3, within(1e-9));
    assertThat(tally.score().accuracy()).isCloseTo(2.0 / 3, within(1e-12));
  }

  /** The score is what the exported file of the recalibrated network does, to the last image. */
  @Test
  void aNetworkScoresAsItsExportedFileDoes() throws Exception {
    DatasetOptions options = new DatasetOptions(side(), side(), none(), OptionalInt.of(1500));
    try (Dataset dataset = Datasets.open("fashion-mnist-10k", Optional.empty(), options)) {
      Network network =
          SearchSpaces.load(Tiny.space().toString(), 1, null, null).network(new int[] {0, 1, 1});
      NetworkWeights trained = trained(network, dataset);
      PathScore score =
          new RecalibratedScoring(
                  SETTINGS,
                  () -> plain(dataset),
                  () -> dataset.sequential(dataset.validation(), BATCH))
              .score(network, trained);
      Evaluation exported = exported(network, calibrated(network, trained, dataset), dataset);
      assertThat(score.accuracy()).isCloseTo(exported.accuracy(), within(1e-12));
      assertThat(score.accuracy()).isGreaterThan(0.3); // statistics that don't fit give a guess
      assertThat(score.loss()).isPositive();
    }
  }

  private static OptionalInt side() {
    return OptionalInt.of(14);
  }

  private static OptionalInt none() {
    return OptionalInt.empty();
  }

  private static BatchStream plain(Dataset dataset) {
    return BatchStream.shuffled(dataset.train(), dataset.normalization())
        .batchSize(BATCH)
        .seed(7)
        .open();
  }

  private static NetworkWeights trained(Network network, Dataset dataset) {
    try (NetworkTraining training =
            new NetworkTraining(network, SETTINGS, new SplittableRandom(3));
        BatchStream batches = dataset.shuffled(dataset.train()).batchSize(BATCH).open()) {
      training.train(batches, 0, 100, 0.05, (step, rate, score) -> {});
      return training.calibrated(batches, 1); // statistics that are not to be used
    }
  }

  private static NetworkWeights calibrated(
      Network network, NetworkWeights trained, Dataset dataset) {
    try (NetworkTraining training =
            new NetworkTraining(network, SETTINGS, new SplittableRandom(4));
        BatchStream batches = plain(dataset)) {
      training.inherit(trained);
      return training.calibrated(batches, RecalibratedScoring.CALIBRATION_BATCHES);
    }
  }

  private Evaluation exported(Network network, NetworkWeights weights, Dataset dataset)
      throws Exception {
    Path model = folder.resolve("model");
    SavedModelWriter.write(
        model,
        network,
        DeployedGraph.of(network, weights, dataset.normalization()),
        IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    try (LoadedModel loaded = LoadedModel.open(model, DeviceProfiles.load("local-cpu"))) {
      return Evaluation.of(loaded, dataset.validation());
    }
  }
}
