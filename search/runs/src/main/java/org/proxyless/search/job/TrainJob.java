package org.proxyless.search.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.proxyless.base.Identity;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.ProcessMemory;
import org.proxyless.base.SavedRandom;
import org.proxyless.base.State;
import org.proxyless.base.StrictYaml;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.job.derive.Deployment;
import org.proxyless.search.job.derive.DerivedTraining;
import org.proxyless.search.job.derive.InitialWeights;
import org.proxyless.search.job.derive.Recipes;
import org.proxyless.search.job.derive.SupernetTeacher;
import org.proxyless.search.job.keeping.Checkpointing;
import org.proxyless.search.job.keeping.PhaseSeconds;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.keeping.StepRecorder;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.job.prepare.DataCard;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.job.result.TrainResult;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining;
import org.proxyless.search.train.Teacher;
import org.proxyless.search.train.TrainingRecipe;

/**
 * Trains the network that a search derived once more, into a run directory of its own: from
 * scratch, as one does for a final figure, or from the weights that it inherited from the supernet.
 */
public final class TrainJob {
  private final TrainSettings settings;
  private final Progress progress;
  private final RunControl control;

  /** With checkpoints as {@link RunControl#standard} has them. */
  public TrainJob(TrainSettings settings, Progress progress) {
    this(settings, progress, RunControl.standard());
  }

  /**
   * @param settings what to train and how
   * @param progress where to show how far it is
   * @param control how the run is kept and stopped
   */
  public TrainJob(TrainSettings settings, Progress progress, RunControl control) {
    this.settings = settings;
    this.progress = progress;
    this.control = control;
  }

  private record Source(
      SearchSettings settings,
      Network network,
      List<String> blocks,
      Optional<NetworkWeights> inherited,
      String tableHash) {}

  /**
   * Trains, exports, and evaluates what was exported.
   *
   * @throws InvalidInputException if the run has no such network or weights, or the data doesn't
   *     fit
   * @throws RunStoppedException if it was asked to stop; {@link #resume} goes on
   */
  public TrainResult run() {
    RunDirectory.requireFree(settings.out());
    InitialWeights.require(settings.initialWeights());
    if (distils()) {
      SharedWeightsFile.requireIn(settings.run());
    }
    Source source = source();
    SearchSettings inForce = source.settings().with(settings);
    try (Dataset dataset = SearchInput.openDataset(inForce, progress)) {
      requireFit(source.network(), dataset);
      Batches batches = new Batches(dataset, inForce);
      try (RunDirectory directory = RunDirectory.create(inForce, settings, LocalDateTime.now())) {
        return complete(directory, source, inForce, dataset, batches, Optional.empty());
      }
    }
  }

  /**
   * Goes on with a training that was cut short, from its last checkpoint.
   *
   * @param run its directory
   * @return what it ends with; empty if it had finished
   * @throws InvalidInputException if it is no such run, is in use, or its settings or data are not
   *     what they were
   * @throws RunStoppedException if it was asked to stop; this method goes on
   */
  public static Optional<TrainResult> resume(Path run, Progress progress, RunControl control) {
    try (RunDirectory directory = RunDirectory.resume(run)) {
      TrainSettings settings =
          directory
              .training()
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          run
                              + " is a run of 'search'. Go on with 'search --resume "
                              + run
                              + "'."));
      return directory.isFinished()
          ? Optional.empty()
          : Optional.of(new TrainJob(settings, progress, control).goOn(directory));
    }
  }

  private TrainResult goOn(RunDirectory directory) {
    Source source = source();
    SearchSettings inForce = directory.settings();
    Optional<State> saved = directory.checkpoints().newest(progress::note);
    try (Dataset dataset = SearchInput.openDataset(inForce, progress)) {
      requireFit(source.network(), dataset);
      saved.ifPresent(
          state ->
              identity(source, inForce, dataset).requireOf(state, directory.path().toString()));
      return complete(directory, source, inForce, dataset, new Batches(dataset, inForce), saved);
    }
  }

  private static Identity identity(Source source, SearchSettings inForce, Dataset dataset) {
    return Identity.of(
        StrictYaml.tree(inForce),
        Map.of(
            "dataHash", dataset.hash(),
            "networkHash", Identity.hash(source.network().toString())));
  }

  private TrainResult complete(
      RunDirectory directory,
      Source source,
      SearchSettings inForce,
      Dataset dataset,
      Batches batches,
      Optional<State> saved) {
    return directory.recorded(
        () ->
            control.watch(
                "train --resume " + directory.path(),
                () -> {
                  TrainResult result = train(directory, source, inForce, dataset, batches, saved);
                  directory.checkpoints().clear();
                  return result;
                }));
  }

  private Source source() {
    try (RunDirectory run = RunDirectory.open(settings.run())) {
      Network network = TrainedNetwork.readDerived(run);
      return new Source(
          run.settings(),
          network,
          InitialWeights.names(run),
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
      Batches batches,
      Optional<State> saved) {
    Network network = source.network();
    DataCard data = DataCard.of(dataset);
    TrainedNetwork.writeDerived(network, data, directory);
    NetworkWeights weights;
    saved.ifPresent(state -> progress.addPhaseSeconds(PhaseSeconds.of(state)));
    Supernet.Settings steps = new Supernet.Settings(inForce.batchSize(), inForce.threads());
    try (StepRecorder recorder = new StepRecorder(directory, saved);
        TrainingRecipe recipe =
            Recipes.of(
                settings.recipe(),
                inForce.seed(),
                dataset,
                () -> teacher(source, dataset, steps, batches))) {
      Identity identity = identity(source, inForce, dataset);
      Checkpointing checkpointing =
          new Checkpointing(
              directory.checkpoints(),
              control,
              state -> {
                identity.save(state);
                recorder.save(state);
                PhaseSeconds.save(progress, state);
              });
      weights =
          new DerivedTraining(steps, recipe, batches, progress, recorder, checkpointing)
              .train(
                  "train",
                  network,
                  start(source, steps, inForce, saved),
                  DerivedTraining.Steps.of(settings.epochs() * batches.stepsAnEpoch()),
                  SavedRandom.of(inForce.seed(), 0),
                  saved,
                  state -> {});
    }
    TrainedNetwork trained = new TrainedNetwork(network, weights, data);
    Path provenance = directory.file(Provenance.FILE);
    provenance(source, inForce, dataset, Map.of()).write(provenance);
    trained.writeTrained(directory);
    Deployment deployment;
    double accuracy;
    try (Phase phase = progress.phase("export", 0)) {
      directory.delete("export"); // that of a run that was cut short
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

  private boolean distils() {
    return settings.recipe() != null && settings.recipe().distillation() != null;
  }

  /** What the network starts from; empty for fresh weights, and where its training goes on. */
  private Optional<NetworkWeights> start(
      Source source, Supernet.Settings steps, SearchSettings inForce, Optional<State> saved) {
    if (settings.initialWeights() == null || saved.isPresent()) {
      return source.inherited();
    }
    try (NetworkTraining fresh =
        new NetworkTraining(source.network(), steps, SavedRandom.of(inForce.seed(), 0))) {
      InitialWeights.Taken<NetworkWeights> taken =
          InitialWeights.read(settings.initialWeights())
              .of(source.network(), source.blocks(), fresh.weights());
      progress.note(taken.text());
      return Optional.of(taken.weights());
    }
  }

  private Teacher teacher(
      Source source, Dataset dataset, Supernet.Settings steps, Batches batches) {
    try (RunDirectory run = RunDirectory.open(settings.run())) {
      SearchSpace space =
          SearchSpaces.load(
              source.settings().space(),
              source.settings().width(),
              dataset.shape(),
              dataset.classes());
      return SupernetTeacher.of(SharedWeightsFile.read(run), space, steps, batches);
    }
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
