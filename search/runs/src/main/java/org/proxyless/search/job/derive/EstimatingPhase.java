package org.proxyless.search.job.derive;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.proxyless.base.State;
import org.proxyless.search.estimate.AccuracyEstimator;
import org.proxyless.search.estimate.EstimatedSearch;
import org.proxyless.search.job.keeping.Checkpointing;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.train.SearchObserver;
import org.proxyless.search.train.SupernetSearch.Proposal;

/**
 * The search of a run whose networks are estimated one by one.
 *
 * @param name under which it is shown
 * @param strategy that asks for networks
 * @param estimator that tells how good they are
 * @param evaluations networks that are estimated
 * @param saved where it goes on from; empty for a new one
 */
record EstimatingPhase(
    String name,
    EvaluatingStrategy strategy,
    AccuracyEstimator estimator,
    int evaluations,
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
    EstimatedSearch search = new EstimatedSearch(strategy, estimator, evaluations, observer);
    saved.filter(EstimatedSearch::isIn).ifPresent(search::restore);
    Consumer<State> own =
        state -> {
          search.save(state);
          common.accept(state);
        };
    checkpointing.write(own);
    List<Proposal> proposals;
    try (Phase phase = progress.phase(name, evaluations, search.estimated())) {
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
    if (search.estimated() < evaluations) {
      progress.note(
          "The strategy asks for nothing new after "
              + search.estimated()
              + " of "
              + evaluations
              + " evaluations.");
    }
    checkpointing.write(own);
    return proposals;
  }
}
