package org.proxyless.search.job.derive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.Network;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.result.LatencyTarget;

/**
 * Measures a derived network in its deployed form. Where it is above the target, or leaves more
 * than 5 % of it unused and the space has slower networks, the table learns what was measured, and
 * another network is derived by what is known then, a bounded number of times. The result is the
 * slowest of those that were measured within the target; where none was, the one that came nearest.
 *
 * <p>Where the machine is slower or quicker than its table says for a minute, a network counts as
 * what it would take at the table's speed: deriving another one would give the budget away, and
 * what the search ends with says that the machine drifted.
 */
final class LatencyProof {
  private static final int MOST_REPEATS = 3;

  /** A network that takes less of the target leaves budget unused. */
  static final double LEAST_USED = 0.95;

  /** Where no uncertainty is known: one aims at this share of the target. */
  private static final double AIM = 0.975;

  /** Of what predictions may use at most; tried in turn, as a small space may have none between. */
  private static final double[] LEAST_SHARES = {0.98, 0.95, 0.9, 0};

  private final PricedSpace priced;
  private final LatencyTarget target;
  private final Chooser chooser;
  private final Consumer<String> progress;
  private final ProofMeasuring measuring;
  private final Repetition repetition;

  /** Chooses a network by what is known of latencies. */
  @FunctionalInterface
  interface Chooser {
    /**
     * The best network in a band of latency.
     *
     * @param leastMillis what its prediction is at least
     * @param mostMillis what it is at most, its uncertainty kept free
     * @return empty if the band holds none
     */
    Optional<int[]> choose(SpaceLatency latency, double leastMillis, double mostMillis);
  }

  /**
   * What was found.
   *
   * @param path of the network
   * @param repeats how often another one was derived
   */
  record Proven(int[] path, int repeats) {}

  /**
   * A network that was measured.
   *
   * @param predictedMillis by what was known before
   * @param atTableSpeedMillis at the table's speed
   * @param countingMillis that, or as it was measured if that is more on a machine as usual
   * @param tail the latency that counts over the median, as it was measured
   */
  private record Attempt(
      int[] path,
      double predictedMillis,
      double atTableSpeedMillis,
      double countingMillis,
      double tail) {}

  /**
   * @param progress told what each network took
   * @param repetition of what is measured: whether there is time for another network
   */
  LatencyProof(
      PricedSpace priced,
      LatencyTarget target,
      Chooser chooser,
      Consumer<String> progress,
      ProofMeasuring measuring,
      Repetition repetition) {
    this.priced = priced;
    this.target = target;
    this.chooser = chooser;
    this.progress = progress;
    this.measuring = measuring;
    this.repetition = repetition;
  }

  /** Starts from the network that the search chose. */
  Proven of(int[] chosen) {
    List<Attempt> attempts = new ArrayList<>();
    LatencyTable known = priced.table();
    Optional<int[]> next = Optional.of(chosen);
    while (next.isPresent() && attempts.size() <= MOST_REPEATS) {
      int repeat = attempts.size();
      Network network = priced.space().network(next.get());
      WatchedMeasurement look = measuring.time(network, repeat);
      Attempt attempt = attempt(next.get(), known, look);
      attempts.add(attempt);
      progress.accept(
          String.format(
              Locale.ROOT,
              "predicted %.3f ms, measured %s",
              attempt.predictedMillis(),
              target.text(look)));
      if (isMet(attempt) && usesTheBudget(attempt, known)
          || repeat == MOST_REPEATS
          || !repetition.fits(Duration.ZERO)) {
        break;
      }
      known = measuring.learn(known, network, look, repeat);
      next = another(attempts, known);
    }
    return new Proven(best(attempts).path(), attempts.size() - 1);
  }

  private SpaceLatency latency(LatencyTable known) {
    return SpaceLatency.of(known, priced.graph());
  }

  /**
   * On a machine that is a little slower than the table says, what counts is what was measured,
   * since the exported file will be measured on the same machine.
   */
  private Attempt attempt(int[] path, LatencyTable known, WatchedMeasurement look) {
    double seen = target.millisOf(look);
    double atTableSpeed = look.atTableSpeed(seen);
    return new Attempt(
        path,
        latency(known).latencyMillis(path),
        atTableSpeed,
        look.drifted() ? atTableSpeed : Math.max(seen, atTableSpeed),
        seen / look.network().medianMillis());
  }

  private boolean isMet(Attempt attempt) {
    return attempt.countingMillis() <= target.millis();
  }

  private boolean usesTheBudget(Attempt attempt, LatencyTable known) {
    boolean slowest = latency(known).maxMillis() <= attempt.predictedMillis();
    return slowest || attempt.atTableSpeedMillis() >= LEAST_USED * target.millis();
  }

  /** A network that was not measured yet, by what is known now. */
  private Optional<int[]> another(List<Attempt> attempts, LatencyTable known) {
    Attempt last = attempts.get(attempts.size() - 1);
    SpaceLatency latency = latency(known);
    double most = mostMillis(last, known);
    if (most < latency.reachMillis()) {
      return Optional.empty();
    }
    double reach = Math.min(most - latency.excessMillis(last.path()), latency.maxMillis());
    for (double share : LEAST_SHARES) {
      boolean wantsMore = isMet(last);
      if (share == 0 && wantsMore) {
        break; // one that leaves even more unused is of no use
      }
      Optional<int[]> found = chooser.choose(latency, share * reach, most);
      if (found.isPresent() && isNew(found.get(), attempts)) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** T', by what was measured where the table does not know how uncertain it is. */
  private double mostMillis(Attempt last, LatencyTable known) {
    return known.estimate().isPresent()
        ? target.millis() / last.tail() / (1 + known.margin(target.millis()))
        : AIM * target.millis() * last.predictedMillis() / last.countingMillis();
  }

  private static boolean isNew(int[] path, List<Attempt> attempts) {
    return attempts.stream().noneMatch(attempt -> Arrays.equals(attempt.path(), path));
  }

  private Attempt best(List<Attempt> attempts) {
    return attempts.stream()
        .filter(this::isMet)
        .max(Comparator.comparingDouble(Attempt::atTableSpeedMillis))
        .orElseGet(
            () ->
                attempts.stream()
                    .min(Comparator.comparingDouble(Attempt::countingMillis))
                    .orElseThrow());
  }
}
