package org.proxyless.search.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.proxyless.base.Identity;
import org.proxyless.base.State;
import org.proxyless.latency.LatencyTables;
import org.proxyless.search.job.derive.Derived;
import org.proxyless.search.job.derive.DerivedTraining;
import org.proxyless.search.job.derive.NetworkDelivery;
import org.proxyless.search.job.derive.NetworkDerivation;
import org.proxyless.search.job.derive.RunScope;
import org.proxyless.search.job.keeping.Checkpointing;
import org.proxyless.search.job.keeping.PhaseSeconds;
import org.proxyless.search.job.keeping.StepRecorder;
import org.proxyless.search.job.prepare.PriceList;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.prepare.RunSteps;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.job.result.ParetoFront;
import org.proxyless.search.job.result.Place;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One search, once its parts are there: new, or from the checkpoint of one that was cut short.
 * Where it goes on, each part takes its own state back; what is short is done again.
 */
final class SearchRun {
  private static final Logger LOG = LoggerFactory.getLogger(SearchRun.class);

  private final RunScope scope;
  private final RunDirectory directory;
  private final PricedSpace priced;
  private final List<LatencyTarget> targets;
  private final SearchSettings settings;
  private final Optional<State> saved;
  private final Progress progress;
  private final RunControl control;
  private final Identity identity;
  private final PriceList prices;
  private final NetworkDerivation derivation;
  private final NetworkDelivery delivery;

  SearchRun(RunScope scope, RunControl control) {
    this.scope = scope;
    this.directory = scope.directory();
    this.priced = scope.priced();
    this.targets = scope.targets();
    this.settings = scope.settings();
    this.saved = scope.saved();
    this.progress = scope.progress();
    this.control = control;
    this.identity = scope.input().identity(settings);
    this.prices = PriceList.of(priced, scope.input().target().boundMillis());
    this.derivation = new NetworkDerivation(scope, prices);
    this.delivery = new NetworkDelivery(scope, control.measures());
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
    targets.stream()
        .filter(target -> target.boundMillis() > priced.latency().maxMillis())
        .forEach(
            target ->
                progress.note(
                    String.format(
                        Locale.ROOT,
                        "No network of space %s takes %.3f ms: the slowest takes about %.3f ms",
                        priced.space().name(),
                        target.millis(),
                        priced.latency().maxMillis())));
    LOG.info(
        "networks of space {} take {} to {} ms on {}, table {}",
        priced.space().name(),
        priced.latency().minMillis(),
        priced.latency().maxMillis(),
        priced.table().device(),
        LatencyTables.hash(priced.table()));
    RunSteps steps = scope.steps();
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
        fineTuning
            .map(Derived::of)
            .orElseGet(() -> derivation.derive(recorder, checkpointing).get(0));
    directory.delete("export"); // that of a run that was cut short
    return delivery.deliver(
        targets.get(0), derived, Place.of(directory), fineTuning, recorder, checkpointing);
  }

  /** Each target's network has a run directory of its own in this one. */
  private List<SearchResult> severalNetworks(StepRecorder recorder, Checkpointing checkpointing) {
    List<Derived> derived = derivation.derive(recorder, checkpointing);
    List<SearchResult> results = new ArrayList<>();
    directory.delete("export");
    for (int i = 0; i < derived.size(); i++) {
      LatencyTarget target = targets.get(i);
      directory.delete(Place.label(target));
      try (RunDirectory own = Place.directory(target, directory, settings)) {
        results.add(
            delivery.deliver(
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
    scope.provenance(front.figures(), settings).write(directory.file(Provenance.FILE));
    return results;
  }

  /** What every phase of the run needs to go on. */
  private void save(State state, StepRecorder recorder) {
    identity.save(state);
    scope.steps().save(state);
    scope.planned().limit().ifPresent(time -> time.save(state));
    recorder.save(state);
    PhaseSeconds.save(progress, state);
  }
}
