package org.proxyless.search.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.search.checkpoint.State;
import org.proxyless.search.estimate.AccuracyEstimator;
import org.proxyless.search.estimate.EstimatedSearch;
import org.proxyless.search.estimate.ParallelEstimates;
import org.proxyless.search.run.EstimateSettings;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.supernet.SharedWeights;
import org.proxyless.search.train.SearchObserver;
import org.proxyless.search.train.SupernetSearch.Proposal;

/**
 * The search of a run whose networks are estimated one by one.
 *
 * @param settings in force
 * @param strategy that asks for networks
 * @param ahead what it has asked for beside the present one
 * @param parentWeights in the run's directory where networks inherit weights
 * @param saved where it goes on from; empty for a new one
 */
record EstimatingPhase(
    SearchSettings settings,
    SearchInput input,
    EvaluatingStrategy strategy,
    Supplier<List<int[]>> ahead,
    Optional<SharedWeights> parentWeights,
    RunDirectory directory,
    Optional<State> saved,
    Progress progress) {

  /**
   * Estimates networks, and returns them, the best first.
   *
   * @param observer hears of every estimate
   * @param checkpointing keeps every estimate; what is lost when a run is cut short is the present
   *     one, which is then made again
   * @param common puts what else the run needs into a state
   */
  List<Proposal> run(SearchObserver observer, Checkpointing checkpointing, Consumer<State> common) {
    int workers = workers();
    if (workers == 1) {
      return run(estimator(), observer, checkpointing, common);
    }
    List<AccuracyEstimator> estimators = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      estimators.add(estimator());
    }
    int before = saved.filter(EstimatedSearch::isIn).map(EstimatedSearch::estimatedIn).orElse(0);
    long most = settings.estimate().evaluations() - before;
    try (ParallelEstimates parallel = new ParallelEstimates(estimators, ahead, most)) {
      return run(parallel, observer, checkpointing, common);
    }
  }

  /** What is found does not depend on it. */
  private int workers() {
    int room = Runtime.getRuntime().availableProcessors() / settings.threads();
    return Math.max(1, Math.min(room, settings.estimate().networksAtATime()));
  }

  private List<Proposal> run(
      AccuracyEstimator estimator,
      SearchObserver observer,
      Checkpointing checkpointing,
      Consumer<State> common) {
    EstimateSettings estimate = settings.estimate();
    EstimatedSearch search =
        new EstimatedSearch(strategy, estimator, estimate.evaluations(), observer);
    saved.filter(EstimatedSearch::isIn).ifPresent(search::restore);
    Consumer<State> own =
        state -> {
          search.save(state);
          common.accept(state);
        };
    checkpointing.write(own);
    List<Proposal> proposals;
    try (Phase phase = progress.phase("search", estimate.evaluations(), search.estimated())) {
      proposals =
          search.search(
              (step, rate, score) -> {
                phase.step(
                    0,
                    String.format(Locale.ROOT, "training step %d, loss %.3f", step, score.loss()));
                checkpointing.afterStep(own);
              },
              () -> {
                phase.step(
                    search.estimated() - phase.done(),
                    String.format(Locale.ROOT, "best %.2f %%", 100 * search.bestAccuracy()));
                checkpointing.afterStep(own);
              });
    }
    if (proposals.size() < estimate.evaluations()) {
      progress.note(
          "The strategy asks for nothing new after "
              + proposals.size()
              + " of "
              + estimate.evaluations()
              + " evaluations.");
    }
    checkpointing.write(own);
    return proposals;
  }

  private AccuracyEstimator estimator() {
    EstimateSettings estimate = settings.estimate();
    return new Estimators(
            settings,
            input.dataset(),
            input.priced().space(),
            settings.epochs(),
            estimate.fidelity())
        .create(estimate.kind(), () -> inherited().orElseThrow());
  }

  /** What a path has of the parent's weights; empty where nothing is inherited. */
  Optional<Function<int[], NetworkWeights>> inherited() {
    SearchSpace space = input.priced().space();
    return parentWeights.map(
        shared -> path -> SharedWeightsFile.of(shared, space, path, directory));
  }
}
