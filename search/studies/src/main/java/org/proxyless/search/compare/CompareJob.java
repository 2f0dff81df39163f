package org.proxyless.search.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.tables.NetworkTimer;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.network.Network;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.revisit.PastSearch;
import org.proxyless.search.job.revisit.ScratchTraining;
import org.proxyless.search.job.revisit.ScratchTraining.Outcome;
import org.proxyless.search.job.revisit.ScratchTraining.Task;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.CompareSettings;
import org.proxyless.search.space.SearchSpace;

/**
 * Is a derived network better than others that take as long? Trains it from scratch beside random
 * networks of the same space and latency and a fixed chain brought to that latency by its width,
 * all in the same way.
 */
public final class CompareJob {
  private static final String FILE = "compare.json";

  private final CompareSettings settings;
  private final Progress progress;
  private final ToDoubleFunction<Network> stopwatch;

  /**
   * @param settings what to compare, and how to train
   * @param progress where to show how far it is
   */
  public CompareJob(CompareSettings settings, Progress progress) {
    this(settings, progress, null);
  }

  /**
   * @param stopwatch tells a network's latency in milliseconds, or null to time it on the device
   */
  CompareJob(CompareSettings settings, Progress progress, ToDoubleFunction<Network> stopwatch) {
    this.settings = settings;
    this.progress = progress;
    this.stopwatch = stopwatch;
  }

  /**
   * Compares, and writes {@code compare.json} into the run's directory.
   *
   * @throws InvalidInputException if the run derived no network, its data is not there, or the band
   *     holds too few networks
   */
  public Comparison run() {
    try (PastSearch search = PastSearch.open(settings.training(), progress)) {
      return search.logged(
          () -> {
            Comparison comparison = compare(search);
            comparison.writeJson(search.file(FILE));
            return comparison;
          });
    }
  }

  private Comparison compare(PastSearch search) {
    requireChain(search);
    Long asked = settings.training().seed();
    long first = asked == null ? search.settings().seed() : asked;
    List<Long> seeds = LongStream.range(first, first + settings.seeds()).boxed().toList();
    EqualLatency.Field field;
    try (Phase phase = progress.phase("equal latency", 0)) {
      field =
          new EqualLatency(settings, search, stopwatch(search), phase)
              .gather(new SplittableRandom(first));
      phase.step(0, String.format(Locale.ROOT, "fixed chain %.3f wide", field.chainFactor()));
    }
    return new Comparison(
        search.path(),
        settings,
        seeds,
        search.dataset().train().size(),
        field.chainBasis(),
        field.chainFactor(),
        train(search, field.contenders(), seeds));
  }

  private static void requireChain(PastSearch search) {
    SearchSpace space = search.priced().space();
    if (!space.graph().isChain()) {
      throw new InvalidInputException(
          "run "
              + search.path()
              + " searched space '"
              + space.name()
              + "', which is no chain, and 'compare' trains a fixed chain of the same latency. Use"
              + " 'rank RUN' to see whether its shared weights order networks rightly.");
    }
  }

  private List<Contest> train(PastSearch search, List<Contender> contenders, List<Long> seeds) {
    List<Task> tasks = new ArrayList<>();
    for (long seed : seeds) { // one seed of all first: what is there when it is stopped is fair
      contenders.forEach(
          contender -> tasks.add(new Task(contender.name(), contender.network(), seed)));
    }
    List<Outcome> outcomes =
        new ScratchTraining(search, settings.training(), progress).train(tasks);
    List<Contest> contests = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      List<Outcome> own = new ArrayList<>();
      for (int s = 0; s < seeds.size(); s++) {
        own.add(outcomes.get(s * contenders.size() + c));
      }
      contests.add(new Contest(contenders.get(c), own));
    }
    return contests;
  }

  /** Null where nothing is to be measured, or the device is not here. */
  private ToDoubleFunction<Network> stopwatch(PastSearch search) {
    if (!settings.measured() || stopwatch != null) {
      return settings.measured() ? stopwatch : null;
    }
    PricedSpace priced = search.priced();
    return priced.here() ? network -> timed(network, priced, progress) : null;
  }

  /** For the machine as it was when the table was made: what slows it for a while is taken out. */
  private static double timed(Network network, PricedSpace priced, Progress progress) {
    WatchedMeasurement watched =
        NetworkTimer.time(
            network, priced.device(), priced.table(), MeasuringProgress.notes(progress::note));
    return watched.network().medianMillis() / watched.drift().orElse(1);
  }
}
