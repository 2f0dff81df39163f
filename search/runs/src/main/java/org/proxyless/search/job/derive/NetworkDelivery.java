package org.proxyless.search.job.derive;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.proxyless.base.ProcessMemory;
import org.proxyless.base.State;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.tables.NetworkTimer;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkFile;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.job.keeping.Checkpointing;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.keeping.StepRecorder;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.DataCard;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.job.prepare.SecondDevice;
import org.proxyless.search.job.result.DeployedFigures;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.job.result.Place;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.result.SecondLatency;
import org.proxyless.search.job.result.Verdict;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.train.TrainingRecipe;

/** From a derived network to an exported file that was measured: trained, written, timed. */
public final class NetworkDelivery {
  /** Follows the name of an exported network that does not meet its target. */
  private static final String NEAREST = "-nearest";

  private final RunScope scope;
  private final SearchInput input;
  private final PricedSpace priced;
  private final SearchSettings settings;
  private final Progress progress;
  private final boolean measures;

  /**
   * Of the networks of a run.
   *
   * @param measures whether they are timed where their device is here
   */
  public NetworkDelivery(RunScope scope, boolean measures) {
    this.scope = scope;
    this.measures = measures;
    this.input = scope.input();
    this.priced = scope.priced();
    this.settings = scope.settings();
    this.progress = scope.progress();
  }

  /** Trains, exports and measures a network that was derived. */
  public SearchResult deliver(
      LatencyTarget target,
      Derived derived,
      Place place,
      Optional<State> fineTuning,
      StepRecorder recorder,
      Checkpointing checkpointing) {
    Network network = priced.space().network(derived.proven().path());
    DataCard data = DataCard.of(input.dataset());
    TrainedNetwork.writeDerived(placed(network, derived.proven().path()), data, place.run());
    derived.inherited().ifPresent(weights -> TrainedNetwork.writeInherited(weights, place.run()));
    NetworkWeights weights;
    try (TrainingRecipe recipe = recipe()) {
      weights =
          new DerivedTraining(
                  scope.training(), recipe, scope.batches(), progress, recorder, checkpointing)
              .train(
                  "fine-tune" + place.suffix(),
                  network,
                  fromScratch() ? Optional.empty() : derived.inherited(),
                  steps(derived),
                  scope.random(RunScope.Purpose.NETWORK),
                  fineTuning,
                  derived::save);
    }
    return deploy(target, derived.proven(), new TrainedNetwork(network, weights, data), place);
  }

  private boolean fromScratch() {
    return settings.recipe() != null && settings.recipe().fromScratch();
  }

  private TrainingRecipe recipe() {
    return Recipes.of(
        settings.recipe(),
        settings.seed(),
        input.dataset(),
        () ->
            SupernetTeacher.of(
                SharedWeightsFile.read(scope.directory()),
                priced.space(),
                scope.training(),
                scope.batches()));
  }

  /** With a limit of the time, the last phase of a single network gets what is left of it. */
  private DerivedTraining.Steps steps(Derived derived) {
    return scope
        .planned()
        .limit()
        .filter(time -> scope.targets().size() == 1)
        .map(time -> new DerivedTraining.Steps(derived.fineTuneSteps(), time::lastSteps))
        .orElseGet(() -> DerivedTraining.Steps.of(derived.fineTuneSteps()));
  }

  private SearchResult deploy(
      LatencyTarget target, LatencyProof.Proven proven, TrainedNetwork trained, Place place) {
    RunDirectory run = place.run();
    SearchSettings own = scope.targets().size() == 1 ? settings : run.settings();
    String name = trained.network().name() + place.exportSuffix();
    Path provenance = run.file(Provenance.FILE);
    scope.provenance(Map.of(), own).write(provenance);
    trained.writeTrained(run);
    Deployment deployment;
    double accuracy;
    try (Phase phase = progress.phase("export", 0)) {
      deployment = Deployment.export(trained, place.exports().resolve(name), provenance);
      accuracy = deployment.evaluate(input.dataset()).accuracy();
      phase.step(0, String.format(Locale.ROOT, "test accuracy %.2f %%", 100 * accuracy));
    }
    Deployment exported = deployment;
    Function<DeviceProfile, Path> files =
        device -> exported.fileFor(device, trained, input.dataset(), provenance);
    Optional<WatchedMeasurement> measured = measured(priced, target, files);
    Optional<SecondLatency> second =
        input.second().map(other -> onSecond(other, trained.network(), files));
    if (settings.proof() && measured.map(target::verdict).equals(Optional.of(Verdict.MISSED))) {
      deployment = deployment.renamed(name + NEAREST);
    }
    Path file = deployment.savedModel();
    SearchResult result =
        new SearchResult(
            priced.space(),
            proven.path(),
            NetworkLatency.of(trained.network(), priced.table()),
            target,
            measured,
            second,
            Optional.ofNullable(settings.deployed())
                .map(
                    limits ->
                        DeployedFigures.of(
                            limits, trained.network(), input.dataset().classNames())),
            proven.repeats(),
            accuracy,
            ProcessMemory.peakMebibytes(),
            progress.phaseSeconds(),
            file,
            run.path());
    scope.provenance(result.figures(), own).write(provenance);
    deployment.update(provenance);
    return result;
  }

  /** In a chain the place tells the block. */
  private NetworkFile.Placed placed(Network network, int[] path) {
    SearchSpace space = priced.space();
    List<String> blocks =
        space.graph().isChain()
            ? List.of()
            : space.derive(path).origins().stream().map(space.blockNames()::get).toList();
    return new NetworkFile.Placed(network, blocks);
  }

  private SecondLatency onSecond(
      SecondDevice other, Network network, Function<DeviceProfile, Path> files) {
    return new SecondLatency(
        other.priced().device().name(),
        other.target(),
        NetworkLatency.of(network, other.priced().table()).latencyMillis(),
        measured(other.priced(), other.target(), files));
  }

  private Optional<WatchedMeasurement> measured(
      PricedSpace where, LatencyTarget goal, Function<DeviceProfile, Path> files) {
    if (!measures || !where.here()) {
      return Optional.empty();
    }
    Path file = files.apply(where.device());
    try (Phase phase = progress.phase("measure", 0)) {
      CarefulTiming timing = new CarefulTiming(goal, scope.measuringAtTheEnd());
      WatchedMeasurement measured =
          timing.look(
              () ->
                  NetworkTimer.time(
                      file,
                      where.device(),
                      where.table(),
                      MeasuringProgress.notes(progress::note)));
      phase.step(0, goal.text(measured));
      return Optional.of(measured);
    }
  }
}
