package org.proxyless.search.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.proxyless.benchmarks.NetworkMeasurement;
import org.proxyless.benchmarks.NetworkTimer;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.Network;
import org.proxyless.latency.NetworkFile;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Augmentation;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.DatasetOptions;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.ProcessMemory;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining;
import org.proxyless.search.train.SearchSchedule;
import org.proxyless.search.train.SupernetSearch;

/**
 * The main job: name a device and a latency, get a trained network that meets it there. Prices the
 * space, searches it, trains the network that was found, exports it, and measures the file.
 */
public final class SearchJob {
  private final SearchSettings settings;
  private final Progress progress;

  /**
   * @param settings what to search and how
   * @param progress where to show how far it is
   */
  public SearchJob(SearchSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs the job.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit
   */
  public SearchResult run() {
    try (Dataset dataset = openDataset();
        RunDirectory directory = RunDirectory.create(settings, LocalDateTime.now())) {
      PricedSpace priced = price(dataset);
      double targetMillis = target(priced.latency());
      return new Run(directory, dataset, priced, targetMillis).complete();
    }
  }

  /** Opens the data in the size of the space's input, with the channels that the data has. */
  private Dataset openDataset() {
    SearchSpace space = SearchSpaces.load(settings.space(), settings.width(), null, null);
    DatasetOptions natural = DatasetOptions.NATURAL;
    int side = space.input().height();
    return Datasets.open(
        settings.dataset(), Optional.ofNullable(settings.dataDir()), natural.withSize(side));
  }

  private PricedSpace price(Dataset dataset) {
    SearchSpace space =
        SearchSpaces.load(settings.space(), settings.width(), dataset.shape(), dataset.classes());
    DeviceProfile device = DeviceProfiles.load(settings.device());
    TableSource tables = new TableSource(progress);
    if (device.isRemote() && settings.table() == null) {
      return tables.ofRemote(space, device, DeviceProfiles.table(settings.device()));
    }
    return settings.table() == null
        ? tables.cachedOrMeasured(space, device)
        : tables.read(settings.table(), space, device, settings.allowForeignTable());
  }

  /** The target that was asked for, or the middle of what the space can do. */
  private double target(SpaceLatency latency) {
    double low = latency.minMillis();
    double high = latency.maxMillis();
    if (settings.targetMillis() == null) {
      return (low + high) / 2;
    }
    if (settings.targetMillis() <= low) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "--target-ms is %s; networks of space %s reach from %.3f ms to %.3f ms on %s: ask for"
                  + " more than the least, or take a narrower space (--width).",
              settings.targetMillis(),
              settings.space(),
              low,
              high,
              settings.device()));
    }
    return settings.targetMillis();
  }

  /** One search, once its parts are there. */
  private final class Run {
    private final RunDirectory directory;
    private final Dataset dataset;
    private final PricedSpace priced;
    private final double targetMillis;
    private final SplittableRandom random = new SplittableRandom(settings.seed());
    private final long stepsAnEpoch;
    private final Supernet.Settings training;

    Run(RunDirectory directory, Dataset dataset, PricedSpace priced, double targetMillis) {
      this.directory = directory;
      this.dataset = dataset;
      this.priced = priced;
      this.targetMillis = targetMillis;
      stepsAnEpoch = Math.max(1, dataset.train().size() / settings.batchSize());
      training = new Supernet.Settings(settings.batchSize(), settings.threads());
    }

    SearchResult complete() {
      try (JobRecorder recorder = new JobRecorder(directory, priced.latency())) {
        Found found = search(recorder);
        Network network = priced.space().network(found.path());
        NetworkFile.write(network, directory.file("network.json"));
        NetworkWeights weights = fineTune(network, found.inherited(), recorder);
        return deploy(found.path(), network, weights);
      }
    }

    private Found search(JobRecorder recorder) {
      SearchSchedule schedule =
          SearchSchedule.of(
              settings.warmupEpochs(), settings.epochs(), stepsAnEpoch, settings.batchSize());
      Strategy strategy =
          Strategies.create(settings, priced.latency(), targetMillis, schedule, random.split());
      try (Supernet supernet = supernet();
          BatchStream weights = stream(1, true);
          BatchStream architecture =
              dataset
                  .shuffled(dataset.validation())
                  .batchSize(settings.batchSize())
                  .seed(settings.seed() + 1)
                  .open()) {
        SupernetSearch search =
            new SupernetSearch(
                supernet,
                strategy,
                schedule,
                new SupernetSearch.SearchData(
                    weights,
                    architecture,
                    () -> dataset.sequential(dataset.validation(), settings.batchSize())),
                recorder,
                random.split());
        try (Phase phase = progress.phase("warm-up", schedule.warmupSteps())) {
          recorder.show(phase);
          search.warmUp();
        }
        List<SupernetSearch.Proposal> proposals;
        try (Phase phase = progress.phase("search", schedule.searchSteps())) {
          recorder.show(phase);
          proposals = search.search();
        }
        recorder.probabilities(schedule.searchSteps(), strategy.probabilities());
        int[] path = proposals.get(0).path();
        return new Found(path, supernet.weights(path));
      }
    }

    private Supernet supernet() {
      try (Phase phase = progress.phase("build", 0)) {
        phase.step(0, priced.space().edges().size() + " edges");
        return new Supernet(priced.blocks(), training, random.split());
      }
    }

    private NetworkWeights fineTune(
        Network network, NetworkWeights inherited, JobRecorder recorder) {
      long steps = settings.fineTuneEpochs() * stepsAnEpoch;
      try (NetworkTraining trainer = new NetworkTraining(network, training, random.split());
          BatchStream batches = stream(2, true);
          BatchStream plain = stream(3, false)) {
        trainer.inherit(inherited);
        try (Phase phase = progress.phase("fine-tune", steps)) {
          recorder.show(phase);
          trainer.train(
              batches,
              steps,
              NetworkTraining.INITIAL_RATE * settings.batchSize(),
              recorder::fineTuneStep);
        }
        return trainer.calibrated(plain);
      }
    }

    /** Endless training batches; each use has a number, so that no two see the same order. */
    private BatchStream stream(int use, boolean augmented) {
      BatchStream.Builder builder =
          dataset
              .shuffled(dataset.train())
              .batchSize(settings.batchSize())
              .seed(settings.seed() + 1000L * use);
      return (augmented ? builder : builder.augmentation(Augmentation.NONE)).open();
    }

    private SearchResult deploy(int[] path, Network network, NetworkWeights weights) {
      Path folder = directory.file("export");
      Deployment deployment;
      double accuracy;
      try (Phase phase = progress.phase("export", 0)) {
        deployment = Deployment.export(network, weights, dataset, folder);
        accuracy = deployment.evaluate(dataset).accuracy();
        phase.step(0, String.format(Locale.ROOT, "test accuracy %.2f %%", 100 * accuracy));
      }
      OptionalDouble measuredMillis = OptionalDouble.empty();
      if (priced.here()) {
        try (Phase phase = progress.phase("measure", 0)) {
          NetworkMeasurement measured = NetworkTimer.time(deployment.savedModel(), priced.device());
          measuredMillis = OptionalDouble.of(measured.medianMillis());
          phase.step(0, String.format(Locale.ROOT, "%.3f ms", measured.medianMillis()));
        }
      }
      SearchResult result =
          new SearchResult(
              priced.space(),
              path,
              NetworkLatency.of(network, priced.table()),
              targetMillis,
              measuredMillis,
              accuracy,
              ProcessMemory.peakMebibytes(),
              progress.phaseSeconds(),
              deployment.savedModel(),
              directory.path());
      new Provenance(
              dataset.hash(),
              LatencyTables.hash(priced.table()),
              settings.seed(),
              settings,
              Instant.now(),
              result.figures())
          .write(folder.resolve("provenance.json"));
      return result;
    }
  }

  private record Found(int[] path, NetworkWeights inherited) {}
}
