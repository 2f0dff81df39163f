package org.proxyless.search.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Network;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.ProcessMemory;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.run.TrainSettings;
import org.proxyless.search.supernet.Supernet;

/**
 * Trains the network that a search derived once more, into a run directory of its own: from
 * scratch, as one does for a final figure, or from the weights that it inherited from the supernet.
 */
public final class TrainJob {
  private final TrainSettings settings;
  private final Progress progress;

  /**
   * @param settings what to train and how
   * @param progress where to show how far it is
   */
  public TrainJob(TrainSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  private record Source(
      SearchSettings settings,
      Network network,
      Optional<NetworkWeights> inherited,
      String tableHash) {}

  /**
   * Trains, exports, and evaluates what was exported.
   *
   * @throws InvalidInputException if the run has no such network or weights, or the data doesn't
   *     fit
   */
  public TrainResult run() {
    RunDirectory.requireFree(settings.out());
    Source source = source();
    SearchSettings inForce = source.settings().with(settings);
    try (Dataset dataset = SearchInput.openDataset(inForce)) {
      requireFit(source.network(), dataset);
      Batches batches = new Batches(dataset, inForce);
      try (RunDirectory directory = RunDirectory.create(inForce, LocalDateTime.now())) {
        return directory.recorded(() -> train(directory, source, inForce, dataset, batches));
      }
    }
  }

  private Source source() {
    try (RunDirectory run = RunDirectory.open(settings.run())) {
      Network network = TrainedNetwork.readDerived(run);
      return new Source(
          run.settings(),
          network,
          settings.fromScratch()
              ? Optional.empty()
              : Optional.of(TrainedNetwork.readInherited(run, network)),
          Provenance.tableHash(run.file(Provenance.FILE)));
    }
  }

  private static void requireFit(Network network, Dataset dataset) {
    if (!network.input().equals(dataset.shape()) || network.classes() != dataset.classes()) {
      throw new InvalidInputException(
          "the network takes images of "
              + network.input()
              + " and tells "
              + network.classes()
              + " classes, but the data has images of "
              + dataset.shape()
              + " and "
              + dataset.classes()
              + " classes. Give the data of the search (--data-dir).");
    }
  }

  private TrainResult train(
      RunDirectory directory,
      Source source,
      SearchSettings inForce,
      Dataset dataset,
      Batches batches) {
    Network network = source.network();
    DataCard data = DataCard.of(dataset);
    TrainedNetwork.writeDerived(network, data, directory);
    NetworkWeights weights;
    try (StepRecorder recorder = new StepRecorder(directory)) {
      weights =
          new DerivedTraining(
                  new Supernet.Settings(inForce.batchSize(), inForce.threads()),
                  batches,
                  progress,
                  recorder)
              .train(
                  "train",
                  network,
                  source.inherited(),
                  settings.epochs() * batches.stepsAnEpoch(),
                  new SplittableRandom(inForce.seed()));
    }
    TrainedNetwork trained = new TrainedNetwork(network, weights, data);
    Path provenance = directory.file(Provenance.FILE);
    provenance(source, inForce, dataset, Map.of()).write(provenance);
    trained.writeTrained(directory);
    Deployment deployment;
    double accuracy;
    try (Phase phase = progress.phase("export", 0)) {
      deployment =
          Deployment.export(trained, directory.file("export").resolve(network.name()), provenance);
      accuracy = deployment.evaluate(dataset).accuracy();
      phase.step(0, String.format(Locale.ROOT, "test accuracy %.2f %%", 100 * accuracy));
    }
    TrainResult result =
        new TrainResult(
            network,
            accuracy,
            ProcessMemory.peakMebibytes(),
            progress.phaseSeconds(),
            deployment.savedModel(),
            directory.path());
    provenance(source, inForce, dataset, result.figures()).write(provenance);
    deployment.update(provenance);
    return result;
  }

  private Provenance provenance(
      Source source, SearchSettings inForce, Dataset dataset, Map<String, ?> figures) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("search", inForce);
    all.put("training", settings);
    return new Provenance(
        dataset.hash(), source.tableHash(), inForce.seed(), all, Instant.now(), figures);
  }
}
