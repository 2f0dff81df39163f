package org.proxyless.search.job.derive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.proxyless.benchmarks.process.Pause;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.job.result.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again where the first look does not show that a target is met, or was at a machine that is
 * not as quick as its table says. What disturbs a machine only ever adds, and mostly is over at a
 * second look; where it is not and the target is not met at both speeds, further looks are spread
 * over a minute, for all networks that one of these times together. The look at the machine most
 * like that of the table counts, and among equals the quicker one.
 */
final class CarefulTiming {
  private static final Logger LOG = LoggerFactory.getLogger(CarefulTiming.class);

  /** Before each further look. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30));

  /** For all pauses. */
  static final Duration PATIENCE = PAUSES.stream().reduce(Duration.ZERO, Duration::plus);

  private final LatencyTarget target;
  private final Repetition repetition;
  private final Pause pause;
  private Duration patience = PATIENCE;

  /**
   * @param repetition whether there is time for a further look
   */
  CarefulTiming(LatencyTarget target, Repetition repetition) {
    this(target, repetition, Pause.SLEEP);
  }

  CarefulTiming(LatencyTarget target, Repetition repetition, Pause pause) {
    this.target = target;
    this.repetition = repetition;
    this.pause = pause;
  }

  /** The look that counts. */
  WatchedMeasurement look(Supplier<WatchedMeasurement> stopwatch) {
    List<WatchedMeasurement> looks = new ArrayList<>(List.of(logged(repetition.once(stopwatch))));
    for (Duration before : PAUSES) {
      boolean again = looks.size() > 1;
      if (decides(likest(looks), again)
          || before.compareTo(patience) > 0
          || !repetition.fits(before)) {
        break;
      }
      patience = patience.minus(before);
      pause.of(before);
      looks.add(logged(repetition.once(stopwatch)));
    }
    return likest(looks);
  }

  /** The look that counts of these. */
  private WatchedMeasurement likest(List<WatchedMeasurement> looks) {
    return looks.stream()
        .min(
            Comparator.comparingDouble(WatchedMeasurement::beyondDrift)
                .thenComparingDouble(target::millisOf))
        .orElseThrow();
  }

  /** At once if it has nothing against it; after another look one of two things is enough. */
  private boolean decides(WatchedMeasurement look, boolean again) {
    boolean met = target.verdict(look) == Verdict.MET;
    boolean calm = !look.drifted();
    return again ? met || calm : met && calm;
  }

  private WatchedMeasurement logged(WatchedMeasurement measured) {
    LOG.info(
        "measured {}, 95 % of the calls within {} ms: {}",
        target.text(measured),
        String.format(Locale.ROOT, "%.3f", measured.network().p95Millis()),
        target.verdict(measured));
    return measured;
  }
}
