package org.proxyless.search.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.proxyless.benchmarks.NetworkMeasurement;
import org.proxyless.benchmarks.NetworkTimer;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.Network;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.ProcessMemory;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.SearchSchedule;
import org.proxyless.search.train.SupernetSearch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main job: name a device and a latency, get a trained network that meets it there. Prices the
 * space, searches it, trains the network that was found, exports it, and measures the file.
 */
public final class SearchJob {
  private static final Logger LOG = LoggerFactory.getLogger(SearchJob.class);
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
    Optional<TimeLimit> limit =
        Optional.ofNullable(settings.timeLimitSeconds()).map(TimeLimit::startingNow);
    RunDirectory.requireFree(settings.out());
    try (SearchInput input = SearchInput.open(settings, progress)) {
      Batches batches = new Batches(input.dataset(), settings);
      RunSteps steps =
          limit
              .map(time -> time.shorten(settings, input, batches, progress))
              .orElseGet(() -> RunSteps.of(settings, batches));
      SearchSettings inForce = settings.withTargetMillis(input.targetMillis());
      try (RunDirectory directory = RunDirectory.create(inForce, LocalDateTime.now())) {
        return directory.logged(
            () -> new Run(directory, input, batches, steps, limit, inForce).complete());
      }
    }
  }

  /**
   * Says what {@link #run} would do and estimates what it would cost, from a few steps on weights
   * that are thrown away. Measures a table if there is none, trains nothing, makes no run
   * directory.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit
   */
  public SearchPlan plan() {
    RunDirectory.requireFree(settings.out());
    try (SearchInput input = SearchInput.open(settings, progress)) {
      Batches batches = new Batches(input.dataset(), settings);
      StepTimes times = StepTimes.measure(input, settings, batches, progress);
      RunSteps steps = RunSteps.of(settings, batches);
      return new SearchPlan(
          input.priced(),
          input.targetMillis(),
          steps.schedule(),
          steps.fineTuneSteps(),
          times.estimate(steps, input, batches),
          ProcessMemory.peakMebibytes());
    }
  }

  /** One search, once its parts are there. */
  private final class Run {
    private final RunDirectory directory;
    private final Dataset dataset;
    private final PricedSpace priced;
    private final double targetMillis;
    private final Batches batches;
    private final RunSteps steps;
    private final Optional<TimeLimit> limit;
    private final SearchSettings inForce;
    private final SplittableRandom random = new SplittableRandom(settings.seed());
    private final Supernet.Settings training =
        new Supernet.Settings(settings.batchSize(), settings.threads());

    Run(
        RunDirectory directory,
        SearchInput input,
        Batches batches,
        RunSteps steps,
        Optional<TimeLimit> limit,
        SearchSettings inForce) {
      this.directory = directory;
      this.dataset = input.dataset();
      this.priced = input.priced();
      this.targetMillis = input.targetMillis();
      this.batches = batches;
      this.steps = steps;
      this.limit = limit;
      this.inForce = inForce;
    }

    SearchResult complete() {
      LOG.info(
          "target {} ms; networks of space {} take {} to {} ms on {}, table {}",
          targetMillis,
          priced.space().name(),
          priced.latency().minMillis(),
          priced.latency().maxMillis(),
          priced.table().device(),
          LatencyTables.hash(priced.table()));
      LOG.info("{}, {} steps of fine-tuning", steps.schedule(), steps.fineTuneSteps());
      try (StepRecorder recorder = new StepRecorder(directory)) {
        Found found = search(recorder);
        Network network = priced.space().network(found.proven().path());
        DataCard data = DataCard.of(dataset);
        TrainedNetwork.writeDerived(network, data, directory);
        TrainedNetwork.writeInherited(found.inherited(), directory);
        long fineTuneSteps =
            limit.map(time -> time.fineTuneSteps(steps)).orElse(steps.fineTuneSteps());
        NetworkWeights weights =
            new DerivedTraining(training, batches, progress, recorder)
                .train(
                    "fine-tune",
                    network,
                    Optional.of(found.inherited()),
                    fineTuneSteps,
                    random.split());
        return deploy(found.proven(), new TrainedNetwork(network, weights, data));
      }
    }

    private Found search(StepRecorder steps) {
      SearchSchedule schedule = this.steps.schedule();
      Strategy strategy =
          Strategies.create(settings, priced.latency(), targetMillis, schedule, random.split());
      try (Supernet supernet = supernet();
          JobRecorder recorder = new JobRecorder(directory, steps, priced.latency());
          BatchStream weights = batches.training(Batches.Use.SEARCH);
          BatchStream architecture = batches.validation()) {
        SupernetSearch search =
            new SupernetSearch(
                supernet,
                strategy,
                targetMillis,
                schedule,
                new SupernetSearch.SearchData(weights, architecture, batches::scoring),
                recorder,
                random.split());
        try (Phase phase = progress.phase("warm-up", schedule.warmupSteps())) {
          steps.show(phase);
          search.warmUp();
        }
        List<SupernetSearch.Proposal> proposals;
        try (Phase phase = progress.phase("search", schedule.searchSteps())) {
          steps.show(phase);
          proposals = search.search();
        }
        recorder.probabilities(schedule.searchSteps(), strategy.probabilities());
        LatencyProof.Proven proven = prove(proposals.get(0).path(), strategy);
        return new Found(proven, supernet.weights(proven.path()));
      }
    }

    /** Latency hardly depends on the weights, so it is proved before more is spent on them. */
    private LatencyProof.Proven prove(int[] path, Strategy strategy) {
      if (!settings.proof() || !priced.here()) {
        return new LatencyProof.Proven(path, 0);
      }
      try (Phase phase = progress.phase("prove", 0)) {
        return new LatencyProof(priced, targetMillis, strategy, line -> phase.step(line)).of(path);
      }
    }

    private Supernet supernet() {
      try (Phase phase = progress.phase("build", 0)) {
        phase.step(0, priced.space().edges().size() + " edges");
        return Supernets.create(settings.strategy(), priced.blocks(), training, random.split());
      }
    }

    private SearchResult deploy(LatencyProof.Proven proven, TrainedNetwork trained) {
      Path provenance = directory.file(Provenance.FILE);
      provenance(Map.of()).write(provenance);
      trained.writeTrained(directory);
      Deployment deployment;
      double accuracy;
      try (Phase phase = progress.phase("export", 0)) {
        Path savedModel = directory.file("export").resolve(trained.network().name());
        deployment = Deployment.export(trained, savedModel, provenance);
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
              proven.path(),
              NetworkLatency.of(trained.network(), priced.table()),
              targetMillis,
              measuredMillis,
              proven.repeats(),
              accuracy,
              ProcessMemory.peakMebibytes(),
              progress.phaseSeconds(),
              deployment.savedModel(),
              directory.path());
      provenance(result.figures()).write(provenance);
      deployment.update(provenance);
      return result;
    }

    private Provenance provenance(Map<String, ?> figures) {
      return new Provenance(
          dataset.hash(),
          LatencyTables.hash(priced.table()),
          settings.seed(),
          inForce,
          Instant.now(),
          figures);
    }
  }

  private record Found(LatencyProof.Proven proven, NetworkWeights inherited) {}
}
