package org.proxyless.search.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.proxyless.benchmarks.NetworkTimer;
import org.proxyless.benchmarks.WatchedMeasurement;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.Network;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.search.checkpoint.Identity;
import org.proxyless.search.checkpoint.SavedRandom;
import org.proxyless.search.checkpoint.State;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.estimate.EstimatedSearch;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.ProcessMemory;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.supernet.SharedWeights;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.RecalibratedScoring;
import org.proxyless.search.train.SearchSchedule;
import org.proxyless.search.train.SupernetSearch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One search, once its parts are there: new, or from the checkpoint of one that was cut short.
 * Where it goes on, each part takes its own state back; what is short is done again.
 */
final class SearchRun {
  private static final Logger LOG = LoggerFactory.getLogger(SearchRun.class);
  private static final String STRATEGY_RANDOM = "random.strategy";
  private static final String PATHS_RANDOM = "random.paths";

  /** Follows the name of an exported network that does not meet its target. */
  private static final String NEAREST = "-nearest";

  private final RunDirectory directory;
  private final Dataset dataset;
  private final PricedSpace priced;
  private final SearchInput input;
  private final List<LatencyTarget> targets;
  private final Optional<SecondDevice> second;
  private final PriceList prices;
  private final Batches batches;
  private final RunSteps steps;
  private final Optional<TimeLimit> limit;
  private final SearchSettings inForce;
  private final Identity identity;
  private final Optional<State> saved;
  private final RunControl control;
  private final Progress progress;
  private final SavedRandom strategyRandom;
  private final SavedRandom pathsRandom;
  private final Supernet.Settings training;

  /** What random numbers are for; each has a generator of its own. */
  private enum Purpose {
    STRATEGY,
    SUPERNET,
    PATHS,
    NETWORK
  }

  /**
   * @param inForce the settings, with the target
   * @param saved where it goes on from; empty for a new run
   */
  SearchRun(
      RunDirectory directory,
      SearchInput input,
      SearchSettings inForce,
      Planned planned,
      Optional<State> saved,
      RunControl control,
      Progress progress) {
    this.directory = directory;
    this.dataset = input.dataset();
    this.priced = input.priced();
    this.input = input;
    this.targets = input.targets();
    this.second = input.second();
    this.prices = PriceList.of(priced, input.target().boundMillis());
    this.batches = planned.batches();
    this.steps = planned.steps();
    this.limit = planned.limit();
    this.inForce = inForce;
    this.identity = input.identity(inForce);
    this.saved = saved;
    this.control = control;
    this.progress = progress;
    this.strategyRandom = random(Purpose.STRATEGY);
    this.pathsRandom = random(Purpose.PATHS);
    this.training = new Supernet.Settings(inForce.batchSize(), inForce.threads());
  }

  private SavedRandom random(Purpose purpose) {
    return SavedRandom.of(inForce.seed(), purpose.ordinal());
  }

  /** What the search ends with, for each target. */
  List<SearchResult> complete() {
    targets.forEach(
        target ->
            LOG.info(
                "target {} ms for {} % of the calls, margin {}{}: predictions keep {} ms",
                target.millis(),
                target.percentile(),
                target.margin(),
                target.verified() ? "" : " (the table was never verified)",
                target.boundMillis()));
    LOG.info(
        "networks of space {} take {} to {} ms on {}, table {}",
        priced.space().name(),
        priced.latency().minMillis(),
        priced.latency().maxMillis(),
        priced.table().device(),
        LatencyTables.hash(priced.table()));
    LOG.info("{}, {} steps of fine-tuning", steps.schedule(), steps.fineTuneSteps());
    prices.write(directory.file(PriceList.FILE));
    saved.ifPresent(state -> progress.addPhaseSeconds(PhaseSeconds.of(state)));
    try (StepRecorder recorder = new StepRecorder(directory, saved)) {
      Checkpointing checkpointing =
          new Checkpointing(directory.checkpoints(), control, state -> save(state, recorder));
      List<SearchResult> results =
          targets.size() == 1
              ? List.of(oneNetwork(recorder, checkpointing))
              : severalNetworks(recorder, checkpointing);
      directory.checkpoints().clear();
      return results;
    }
  }

  private SearchResult oneNetwork(StepRecorder recorder, Checkpointing checkpointing) {
    Optional<State> fineTuning = saved.filter(DerivedTraining::isIn);
    Derived derived =
        fineTuning.map(Derived::of).orElseGet(() -> derive(recorder, checkpointing).get(0));
    directory.delete("export"); // that of a run that was cut short
    return network(
        targets.get(0), derived, Place.of(directory), fineTuning, recorder, checkpointing);
  }

  /** Each target's network has a run directory of its own in this one. */
  private List<SearchResult> severalNetworks(StepRecorder recorder, Checkpointing checkpointing) {
    List<Derived> derived = derive(recorder, checkpointing);
    List<SearchResult> results = new ArrayList<>();
    directory.delete("export");
    for (int i = 0; i < derived.size(); i++) {
      LatencyTarget target = targets.get(i);
      directory.delete(Place.label(target));
      try (RunDirectory own = Place.directory(target, directory, inForce)) {
        results.add(
            network(
                target,
                derived.get(i),
                Place.of(target, own, directory),
                Optional.empty(),
                recorder,
                checkpointing.keepingTheLast()));
      }
    }
    ParetoFront front = new ParetoFront(results);
    front.write(directory);
    provenance(front.figures(), inForce).write(directory.file(Provenance.FILE));
    return results;
  }

  /** Trains, exports and measures a network that was derived. */
  private SearchResult network(
      LatencyTarget target,
      Derived derived,
      Place place,
      Optional<State> fineTuning,
      StepRecorder recorder,
      Checkpointing checkpointing) {
    Network network = priced.space().network(derived.proven().path());
    DataCard data = DataCard.of(dataset);
    TrainedNetwork.writeDerived(network, data, place.run());
    derived.inherited().ifPresent(weights -> TrainedNetwork.writeInherited(weights, place.run()));
    NetworkWeights weights =
        new DerivedTraining(training, batches, progress, recorder, checkpointing)
            .train(
                "fine-tune" + place.suffix(),
                network,
                derived.inherited(),
                derived.fineTuneSteps(),
                random(Purpose.NETWORK),
                fineTuning,
                derived::save);
    return deploy(target, derived.proven(), new TrainedNetwork(network, weights, data), place);
  }

  /** What every phase of the run needs to go on. */
  private void save(State state, StepRecorder recorder) {
    identity.save(state);
    steps.save(state);
    limit.ifPresent(time -> time.save(state));
    recorder.save(state);
    PhaseSeconds.save(progress, state);
  }

  private List<Derived> derive(StepRecorder steps, Checkpointing checkpointing) {
    return inForce.estimate() == null
        ? deriveBySharedWeights(steps, checkpointing)
        : List.of(deriveByEstimates(steps, checkpointing));
  }

  private List<Derived> deriveBySharedWeights(StepRecorder steps, Checkpointing checkpointing) {
    SearchSchedule schedule = this.steps.schedule();
    List<Strategy> strategies = Strategies.create(inForce, input, schedule, strategyRandom);
    Strategy strategy = Strategies.together(strategies, targets);
    try (Supernet supernet = supernet();
        JobRecorder recorder = recorder(steps);
        BatchStream weights =
            batches.training(
                Batches.Use.SEARCH, saved.map(SupernetSearch::trainingDrawn).orElse(0L));
        BatchStream architecture =
            batches.validation(saved.map(SupernetSearch::validationDrawn).orElse(0L))) {
      SupernetSearch search =
          new SupernetSearch(
              supernet,
              strategy,
              input.target().boundMillis(),
              schedule,
              new SupernetSearch.SearchData(weights, architecture, scoring()),
              recorder,
              pathsRandom);
      saved.ifPresent(state -> restore(search, state));
      Consumer<State> own = state -> save(state, search, recorder);
      if (saved.isEmpty()) {
        checkpointing.write(own);
      }
      warmUp(search, steps, checkpointing, own);
      List<SupernetSearch.Proposal> proposals;
      try (Phase phase = progress.phase("search", schedule.searchSteps(), search.searched())) {
        steps.show(phase);
        proposals = search.search(() -> checkpointing.afterStep(own));
      }
      checkpointing.write(own);
      recorder.probabilities(schedule.searchSteps(), strategy.probabilities());
      SharedWeightsFile.write(supernet.sharedWeights(), directory);
      long fineTuneSteps = this.steps.fineTuneSteps();
      List<LatencyProof.Proven> proven = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        proven.add(prove(targets.get(i), proposals, strategies.get(i)));
      }
      return proven.stream()
          .map(
              network ->
                  new Derived(
                      network,
                      Optional.of(supernet.weights(network.path())),
                      limit
                          .map(time -> time.fineTuneSteps(this.steps, targets.size()))
                          .orElse(fineTuneSteps)))
          .toList();
    }
  }

  private JobRecorder recorder(StepRecorder steps) {
    return new JobRecorder(
        directory,
        steps,
        priced,
        prices,
        Strategies.architectureRate(inForce.strategy(), this.steps.schedule()),
        progress,
        saved);
  }

  private void warmUp(
      SupernetSearch search,
      StepRecorder recorder,
      Checkpointing checkpointing,
      Consumer<State> own) {
    long warmupSteps = steps.schedule().warmupSteps();
    if (search.warmedUp() < warmupSteps) {
      try (Phase phase = progress.phase("warm-up", warmupSteps, search.warmedUp())) {
        recorder.show(phase);
        search.warmUp(() -> checkpointing.afterStep(own));
      }
      checkpointing.write(own);
    }
  }

  private Derived deriveByEstimates(StepRecorder steps, Checkpointing checkpointing) {
    EvaluatingStrategy strategy =
        Strategies.evaluating(
            inForce.strategy(),
            priced.latency(),
            input.target().boundMillis(),
            input.others(),
            strategyRandom);
    try (JobRecorder recorder = recorder(steps)) {
      Optional<SharedWeights> parent =
          inForce.estimate().kind().needsSharedWeights()
              ? Optional.of(parentWeights(strategy, steps, recorder, checkpointing))
              : Optional.empty();
      EstimatingPhase phase =
          new EstimatingPhase(inForce, input, strategy, parent, directory, saved, progress);
      List<SupernetSearch.Proposal> proposals = phase.run(recorder, checkpointing, recorder::save);
      recorder.probabilities(proposals.size(), strategy.probabilities());
      LatencyProof.Proven proven = prove(input.target(), proposals, strategy);
      return new Derived(
          proven,
          phase.inherited().map(weights -> weights.apply(proven.path())),
          this.steps.fineTuneSteps());
    }
  }

  /** The weights of a supernet after the warm-up, which networks inherit. */
  private SharedWeights parentWeights(
      EvaluatingStrategy strategy,
      StepRecorder steps,
      JobRecorder recorder,
      Checkpointing checkpointing) {
    if (saved.filter(EstimatedSearch::isIn).isPresent()) {
      return SharedWeightsFile.read(directory);
    }
    try (Supernet supernet = supernet();
        BatchStream weights =
            batches.training(
                Batches.Use.SEARCH, saved.map(SupernetSearch::trainingDrawn).orElse(0L));
        BatchStream unused = batches.validation(0)) {
      SupernetSearch search =
          new SupernetSearch(
              supernet,
              strategy,
              input.target().boundMillis(),
              this.steps.schedule(),
              new SupernetSearch.SearchData(weights, unused, scoring()),
              recorder,
              pathsRandom);
      saved.ifPresent(state -> restore(search, state));
      warmUp(search, steps, checkpointing, state -> save(state, search, recorder));
      SharedWeights shared = supernet.sharedWeights();
      SharedWeightsFile.write(shared, directory);
      return shared;
    }
  }

  private SupernetSearch.Scoring scoring() {
    RecalibratedScoring scoring =
        new RecalibratedScoring(
            training, () -> batches.training(Batches.Use.CALIBRATION), batches::scoring);
    return (path, weights) -> scoring.score(priced.space().network(path), weights);
  }

  private void save(State state, SupernetSearch search, JobRecorder recorder) {
    search.save(state);
    recorder.save(state);
    state.put(STRATEGY_RANDOM, strategyRandom.state()).put(PATHS_RANDOM, pathsRandom.state());
  }

  private void restore(SupernetSearch search, State state) {
    search.restore(state);
    strategyRandom.restore(state.number(STRATEGY_RANDOM));
    pathsRandom.restore(state.number(PATHS_RANDOM));
  }

  /**
   * Takes the best of what was proposed within a target. Latency hardly depends on the weights, so
   * it is proved before more is spent on them.
   */
  private LatencyProof.Proven prove(
      LatencyTarget target, List<SupernetSearch.Proposal> proposals, Strategy strategy) {
    int[] path =
        proposals.stream()
            .map(SupernetSearch.Proposal::path)
            .filter(proposed -> priced.latency().latencyMillis(proposed) <= target.boundMillis())
            .findFirst()
            .orElseThrow();
    if (!inForce.proof() || !priced.here()) {
      return new LatencyProof.Proven(path, 0);
    }
    try (Phase phase = progress.phase("prove", 0)) {
      return new LatencyProof(priced, target, strategy, line -> phase.step(line)).of(path);
    }
  }

  private Supernet supernet() {
    try (Phase phase = progress.phase("build", 0)) {
      phase.step(0, priced.space().edges().size() + " edges");
      return Supernets.create(
          inForce.strategy(), priced.blocks(), training, random(Purpose.SUPERNET));
    }
  }

  private SearchResult deploy(
      LatencyTarget target, LatencyProof.Proven proven, TrainedNetwork trained, Place place) {
    RunDirectory run = place.run();
    SearchSettings settings = targets.size() == 1 ? inForce : run.settings();
    String name = trained.network().name() + place.exportSuffix();
    Path provenance = run.file(Provenance.FILE);
    provenance(Map.of(), settings).write(provenance);
    trained.writeTrained(run);
    Deployment deployment;
    double accuracy;
    try (Phase phase = progress.phase("export", 0)) {
      deployment = Deployment.export(trained, place.exports().resolve(name), provenance);
      accuracy = deployment.evaluate(dataset).accuracy();
      phase.step(0, String.format(Locale.ROOT, "test accuracy %.2f %%", 100 * accuracy));
    }
    Optional<WatchedMeasurement> measured = measured(priced, target, deployment.savedModel());
    if (inForce.proof() && measured.map(target::verdict).equals(Optional.of(Verdict.MISSED))) {
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
            second.map(other -> onSecond(other, trained.network(), file)),
            proven.repeats(),
            accuracy,
            ProcessMemory.peakMebibytes(),
            progress.phaseSeconds(),
            file,
            run.path());
    provenance(result.figures(), settings).write(provenance);
    deployment.update(provenance);
    return result;
  }

  private SecondLatency onSecond(SecondDevice other, Network network, Path savedModel) {
    return new SecondLatency(
        other.priced().device().name(),
        other.target(),
        NetworkLatency.of(network, other.priced().table()).latencyMillis(),
        measured(other.priced(), other.target(), savedModel));
  }

  private Optional<WatchedMeasurement> measured(
      PricedSpace where, LatencyTarget goal, Path savedModel) {
    if (!where.here()) {
      return Optional.empty();
    }
    try (Phase phase = progress.phase("measure", 0)) {
      WatchedMeasurement measured =
          CarefulTiming.look(
              goal, () -> NetworkTimer.time(savedModel, where.device(), where.table()));
      phase.step(0, CarefulTiming.text(goal, measured));
      return Optional.of(measured);
    }
  }

  private Provenance provenance(Map<String, ?> figures, SearchSettings settings) {
    return new Provenance(
        dataset.hash(),
        LatencyTables.hash(priced.table()),
        inForce.seed(),
        settings,
        Instant.now(),
        figures);
  }
}
