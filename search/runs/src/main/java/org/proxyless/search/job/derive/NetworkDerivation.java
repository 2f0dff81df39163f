package org.proxyless.search.job.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.proxyless.base.SavedRandom;
import org.proxyless.base.State;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.estimate.AccuracyEstimator;
import org.proxyless.search.estimate.EstimatedSearch;
import org.proxyless.search.estimate.ParallelEstimates;
import org.proxyless.search.job.keeping.Checkpointing;
import org.proxyless.search.job.keeping.JobRecorder;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.keeping.StepRecorder;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.job.prepare.Estimators;
import org.proxyless.search.job.prepare.PriceList;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.prepare.RunSteps;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.job.prepare.Strategies;
import org.proxyless.search.job.prepare.Supernets;
import org.proxyless.search.job.prepare.TimeLimit;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.job.result.Place;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.EstimateSettings;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.blackbox.AskedAhead;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.supernet.SharedWeights;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.QuickScoring;
import org.proxyless.search.train.RecalibratedScoring;
import org.proxyless.search.train.SearchSchedule;
import org.proxyless.search.train.SupernetSearch;

/**
 * From an untrained supernet, or none, to the networks that a search derives: by shared weights or
 * by estimates. Before more is spent on a network, its latency is proved.
 */
public final class NetworkDerivation {
  private static final String STRATEGY_RANDOM = "random.strategy";
  private static final String PATHS_RANDOM = "random.paths";

  /** How often the search is held against its time. */
  private static final long TIME_CHECKS = 16;

  private final RunScope scope;
  private final RunDirectory directory;
  private final SearchInput input;
  private final PricedSpace priced;
  private final PriceList prices;
  private final List<LatencyTarget> targets;
  private final Batches batches;
  private final RunSteps steps;
  private final Optional<TimeLimit> limit;
  private final SearchSettings settings;
  private final Optional<State> saved;
  private final Progress progress;
  private final SavedRandom strategyRandom;
  private final SavedRandom pathsRandom;

  public NetworkDerivation(RunScope scope, PriceList prices) {
    this.scope = scope;
    this.directory = scope.directory();
    this.input = scope.input();
    this.priced = scope.priced();
    this.prices = prices;
    this.targets = scope.targets();
    this.batches = scope.batches();
    this.steps = scope.steps();
    this.limit = scope.planned().limit();
    this.settings = scope.settings();
    this.saved = scope.saved();
    this.progress = scope.progress();
    this.strategyRandom = scope.random(RunScope.Purpose.STRATEGY);
    this.pathsRandom = scope.random(RunScope.Purpose.PATHS);
  }

  /**
   * Searches, or goes on with it.
   *
   * @return a network for each target
   */
  public List<Derived> derive(StepRecorder steps, Checkpointing checkpointing) {
    if (settings.derivation() != null) {
      return List.of(deriveFromPast(steps, checkpointing));
    }
    return settings.estimate() == null
        ? deriveBySharedWeights(steps, checkpointing)
        : List.of(deriveByEstimates(steps, checkpointing));
  }

  private Derived deriveFromPast(StepRecorder steps, Checkpointing checkpointing) {
    SharedWeights shared = PastWeights.kept(settings.derivation().run(), directory);
    try (Supernet supernet = supernet();
        JobRecorder recorder = recorder(steps)) {
      PastWeights.assign(shared, supernet, settings.derivation().run());
      PastDerivation past = new PastDerivation(scope, supernet, strategyRandom);
      List<SupernetSearch.Proposal> proposals = past.derive(recorder, checkpointing);
      LatencyProof.Proven proven = prove(input.target(), proposals, past.strategy());
      return new Derived(
          proven, Optional.of(supernet.weights(proven.path())), this.steps.fineTuneSteps());
    }
  }

  private List<Derived> deriveBySharedWeights(StepRecorder steps, Checkpointing checkpointing) {
    SearchSchedule schedule = this.steps.schedule();
    List<Strategy> strategies = Strategies.create(settings, input, schedule, strategyRandom);
    Strategy strategy = Strategies.together(strategies, targets);
    try (Supernet supernet = supernet();
        JobRecorder recorder = recorder(steps);
        BatchStream weights =
            batches.training(
                Batches.Use.SEARCH, saved.map(SupernetSearch::trainingDrawn).orElse(0L));
        BatchStream architecture =
            batches.validation(saved.map(SupernetSearch::validationDrawn).orElse(0L))) {
      SupernetSearch search = search(supernet, strategy, weights, architecture, recorder);
      Consumer<State> own = state -> save(state, search, recorder);
      if (saved.isEmpty()) {
        checkpointing.write(own);
      }
      warmUp(search, steps, checkpointing, own);
      keepTime(search);
      try (Phase phase = progress.phase("search", search.searchSteps(), search.searched())) {
        steps.show(phase);
        search.search(
            () -> {
              keepTime(search);
              checkpointing.afterStep(own);
            });
      }
      checkpointing.write(own);
      List<SupernetSearch.Proposal> proposals = choose(search, checkpointing, own);
      recorder.probabilities(search.searchSteps(), strategy.probabilities());
      SharedWeightsFile.write(supernet.sharedWeights(), directory);
      List<LatencyProof.Proven> proven = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        proven.add(prove(targets.get(i), proposals, strategies.get(i)));
      }
      return proven.stream()
          .map(
              network ->
                  new Derived(
                      network, Optional.of(supernet.weights(network.path())), fineTuneSteps()))
          .toList();
    }
  }

  /** Where steps take longer than estimated, the search ends earlier. */
  private void keepTime(SupernetSearch search) {
    long planned = search.searchSteps();
    long apart = Math.max(1, steps.schedule().searchSteps() / TIME_CHECKS);
    if (limit.isEmpty() || search.searched() % apart != 0 || search.searched() >= planned) {
      return;
    }
    long affordable = limit.get().searchSteps(search.searched(), planned);
    if (affordable < planned) {
      search.shorten(affordable);
      progress.note(
          String.format(
              Locale.ROOT,
              "Steps take %.1f times as long as estimated: %d of search instead of %d, so that"
                  + " fine-tuning keeps its time.",
              limit.get().slowness(),
              affordable,
              planned));
    }
  }

  private long fineTuneSteps() {
    long planned = steps.fineTuneSteps();
    if (limit.isEmpty()) {
      return planned;
    }
    long most = RunSteps.of(settings, batches).fineTuneSteps();
    long affordable = limit.get().fineTuneSteps(most, targets.size());
    if (affordable != planned) {
      progress.note(
          String.format(
              Locale.ROOT,
              "There is time for %d steps of fine-tuning; %d were planned.",
              affordable,
              planned));
    }
    return affordable;
  }

  private List<SupernetSearch.Proposal> choose(
      SupernetSearch search, Checkpointing checkpointing, Consumer<State> own) {
    List<SupernetSearch.Proposal> proposals;
    try (Phase phase = progress.phase("choose", search.scores(), search.scored())) {
      proposals =
          search.choose(
              () -> {
                phase.step(
                    String.format(
                        Locale.ROOT, "best accuracy %.2f %%", 100 * search.bestAccuracy()));
                checkpointing.afterStep(own);
              });
    }
    checkpointing.write(own);
    return proposals;
  }

  private JobRecorder recorder(StepRecorder steps) {
    return new JobRecorder(
        directory,
        steps,
        priced,
        prices,
        Strategies.architectureRate(settings.strategy(), this.steps.schedule()),
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
    SearchProblem problem =
        Strategies.problem(
            settings,
            priced.latency(),
            input.target().boundMillis(),
            input.others(),
            this.steps.schedule(),
            strategyRandom);
    Optional<AskedAhead> asked = Strategies.askedAhead(settings, problem);
    EvaluatingStrategy strategy =
        asked
            .map(ahead -> new EvaluatingStrategy(ahead, priced.latency(), input.others()))
            .orElseGet(() -> Strategies.evaluating(settings, problem));
    try (JobRecorder recorder = recorder(steps)) {
      Optional<SharedWeights> parent =
          settings.estimate().kind().needsSharedWeights()
              ? Optional.of(parentWeights(strategy, steps, recorder, checkpointing))
              : Optional.empty();
      Optional<Function<int[], NetworkWeights>> inherited =
          parent.map(
              shared -> path -> SharedWeightsFile.of(shared, priced.space(), path, directory));
      List<SupernetSearch.Proposal> proposals =
          estimated(
              () -> estimator(inherited),
              asked.<Supplier<List<int[]>>>map(ahead -> ahead::ahead).orElse(List::of),
              estimator ->
                  new EstimatingPhase(
                          "search",
                          strategy,
                          estimator,
                          settings.estimate().evaluations(),
                          saved,
                          progress)
                      .run(recorder, checkpointing, recorder::save));
      recorder.probabilities(proposals.size(), strategy.probabilities());
      LatencyProof.Proven proven = prove(input.target(), proposals, strategy);
      return new Derived(
          proven,
          inherited.map(weights -> weights.apply(proven.path())),
          this.steps.fineTuneSteps());
    }
  }

  /**
   * What a search by estimates brings; several networks are estimated at a time where there are
   * processors for it. What is found does not depend on that.
   *
   * @param ahead what the strategy has asked for beside the present network
   */
  private List<SupernetSearch.Proposal> estimated(
      Supplier<AccuracyEstimator> estimator,
      Supplier<List<int[]>> ahead,
      Function<AccuracyEstimator, List<SupernetSearch.Proposal>> search) {
    int room = Runtime.getRuntime().availableProcessors() / settings.threads();
    int workers = Math.max(1, Math.min(room, settings.estimate().networksAtATime()));
    if (workers == 1) {
      return search.apply(estimator.get());
    }
    int before = saved.filter(EstimatedSearch::isIn).map(EstimatedSearch::estimatedIn).orElse(0);
    long most = settings.estimate().evaluations() - before;
    List<AccuracyEstimator> estimators = Stream.generate(estimator).limit(workers).toList();
    try (ParallelEstimates parallel = new ParallelEstimates(estimators, ahead, most)) {
      return search.apply(parallel);
    }
  }

  /**
   * @param inherited what a path has of a parent's weights; empty where nothing is inherited
   */
  private AccuracyEstimator estimator(Optional<Function<int[], NetworkWeights>> inherited) {
    EstimateSettings estimate = settings.estimate();
    Estimators estimators =
        new Estimators(
            settings, input.dataset(), priced.space(), settings.epochs(), estimate.fidelity());
    return settings.strategy().hasRungs()
        ? estimators.rungs()
        : estimators.create(estimate.kind(), inherited::orElseThrow);
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
      SupernetSearch search = search(supernet, strategy, weights, unused, recorder);
      warmUp(search, steps, checkpointing, state -> save(state, search, recorder));
      SharedWeights shared = supernet.sharedWeights();
      SharedWeightsFile.write(shared, directory);
      return shared;
    }
  }

  /** A search, or one that goes on from where it was saved. */
  private SupernetSearch search(
      Supernet supernet,
      Strategy strategy,
      BatchStream weights,
      BatchStream architecture,
      JobRecorder recorder) {
    SupernetSearch search =
        new SupernetSearch(
            new QuickScoring(supernet, batches.score()),
            strategy,
            input.target().boundMillis(),
            steps.schedule(),
            new SupernetSearch.SearchData(
                weights,
                architecture,
                scoring(batches::scoring),
                batches::racing,
                scoring(batches::choosing)),
            recorder,
            pathsRandom);
    saved.ifPresent(state -> restore(search, state));
    return search;
  }

  private SupernetSearch.Scoring scoring(Supplier<BatchStream> images) {
    RecalibratedScoring scoring = batches.scoring(scope.training(), images);
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
    LatencyProof.Chooser chooser = chooser(proposals, strategy);
    int[] path =
        firstChoice(target, chooser)
            .orElseGet(
                () ->
                    proposals.stream()
                        .map(SupernetSearch.Proposal::path)
                        .filter(
                            proposed ->
                                priced.latency().cautiousMillis(proposed) <= target.boundMillis())
                        .findFirst()
                        .orElseThrow());
    if (!settings.proof() || !priced.here()) {
      return new LatencyProof.Proven(path, 0);
    }
    try (Phase phase = progress.phase("prove", 0)) {
      Repetition repetition = scope.measuringBeforeFineTuning();
      CarefulTiming timing = new CarefulTiming(target, repetition);
      Consumer<String> shown = line -> phase.step(line);
      ProofMeasuring measuring =
          new JournaledMeasuring(
              new DeviceMeasuring(priced, timing, shown),
              directory.file("proof").resolve(Place.label(target)));
      return new LatencyProof(priced, target, chooser, shown, measuring, repetition).of(path);
    }
  }

  /** One that uses the budget; empty where no network is that slow. */
  private Optional<int[]> firstChoice(LatencyTarget target, LatencyProof.Chooser chooser) {
    double most = target.boundMillis();
    return most > priced.latency().maxMillis()
        ? Optional.empty()
        : chooser.choose(priced.latency(), LatencyProof.LEAST_USED * most, most);
  }

  /**
   * Of those that were scored with the final weights the best in a band; the strategy's own choice
   * where none of them is in it.
   */
  private LatencyProof.Chooser chooser(List<SupernetSearch.Proposal> proposals, Strategy strategy) {
    return (latency, leastMillis, mostMillis) ->
        proposals.stream()
            .map(SupernetSearch.Proposal::path)
            .filter(path -> latency.latencyMillis(path) >= leastMillis)
            .filter(path -> latency.cautiousMillis(path) <= mostMillis)
            .findFirst()
            .or(() -> strategy.choose(latency, leastMillis, mostMillis));
  }

  private Supernet supernet() {
    try (Phase phase = progress.phase("build", 0)) {
      phase.step(0, priced.space().edges().size() + " edges");
      Supernet supernet =
          Supernets.create(
              settings, priced.graph(), scope.training(), scope.random(RunScope.Purpose.SUPERNET));
      if (settings.initialWeights() != null && saved.isEmpty()) {
        InitialWeights.Taken<SharedWeights> taken =
            InitialWeights.read(settings.initialWeights()).of(priced.space());
        supernet.assign(taken.weights());
        progress.note(taken.text());
      }
      return supernet;
    }
  }
}
