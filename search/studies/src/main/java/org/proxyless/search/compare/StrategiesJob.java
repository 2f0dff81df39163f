package org.proxyless.search.compare;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.prepare.EqualTerms;
import org.proxyless.search.job.revisit.PastSearch;
import org.proxyless.search.job.revisit.ScratchTraining;
import org.proxyless.search.job.revisit.ScratchTraining.Outcome;
import org.proxyless.search.job.revisit.ScratchTraining.Task;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.StrategiesDirectory;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategiesSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.run.settings.TrainSettings;

/**
 * Which strategy finds the better networks? Each searches the same space with the same table,
 * target and budget, once for each seed; what it derives is trained from scratch, all in the same
 * way. What was done before is not done again.
 */
public final class StrategiesJob {
  private final StrategiesSettings settings;
  private final Progress progress;
  private final RunControl control;

  /**
   * @param settings what to compare
   * @param progress where to show how far it is
   * @param control how the searches are kept and stopped
   */
  public StrategiesJob(StrategiesSettings settings, Progress progress, RunControl control) {
    this.settings = settings;
    this.progress = progress;
    this.control = control;
  }

  /**
   * Compares, and writes {@code compare.json} into the comparison's directory.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit,
   *     or their folder holds something else
   * @throws org.proxyless.search.run.RunStoppedException if a search was asked to stop; the same
   *     settings with that folder go on
   */
  public StrategiesComparison run() {
    StrategiesDirectory directory = StrategiesDirectory.open(settings, LocalDateTime.now());
    SearchSettings terms =
        EqualTerms.settle(settings.search(), settings.strategies(), directory.table(), progress);
    control.stop().keepsWhole("the same command with --out " + directory.path());
    progress.note("Comparing in " + directory.path() + ": give it as --out to go on when stopped.");
    Map<StrategyKind, List<Attempt>> attempts = new LinkedHashMap<>();
    settings.strategies().forEach(strategy -> attempts.put(strategy, new ArrayList<>()));
    int images = 0;
    for (long seed : settings.seedList()) { // all strategies' first: what is there early is fair
      for (StrategyKind strategy : settings.strategies()) {
        search(directory, terms, strategy, seed);
        TrainSettings training = settings.training(directory.run(strategy, seed), seed);
        try (PastSearch search = PastSearch.open(training, progress)) {
          attempts.get(strategy).add(search.logged(() -> trained(search, training, strategy)));
          images = search.dataset().train().size();
        }
      }
    }
    StrategiesComparison comparison =
        new StrategiesComparison(
            directory,
            settings,
            terms.targetMillis(),
            images,
            settings.strategies().stream()
                .map(strategy -> new StrategyResult(strategy, attempts.get(strategy)))
                .toList());
    comparison.writeJson(directory.figures());
    return comparison;
  }

  /** Searches, or goes on with a search, or does nothing where it has finished. */
  private void search(
      StrategiesDirectory directory, SearchSettings terms, StrategyKind strategy, long seed) {
    var folder = directory.run(strategy, seed);
    Progress own = progress.ofAnotherRun();
    if (RunDirectory.isOne(folder)) {
      SearchJob.resume(folder, own, control);
    } else {
      progress.note(strategy + ", seed " + seed);
      new SearchJob(terms.with(strategy, seed, folder), own, control).run();
    }
  }

  private Attempt trained(PastSearch search, TrainSettings training, StrategyKind strategy) {
    Task task = new Task(strategy.toString(), search.network(), training.seed());
    List<Outcome> outcomes = new ScratchTraining(search, training, progress).train(List.of(task));
    return Attempt.of(search, outcomes.get(0));
  }
}
