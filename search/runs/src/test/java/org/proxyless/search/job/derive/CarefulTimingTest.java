package org.proxyless.search.job.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.search.job.result.LatencyTarget;

class CarefulTimingTest {
  private static final WatchedMeasurement SLOW = Looks.of(1.3, 1.4, 1.3);

  private final List<Duration> waited = new ArrayList<>();
  private double secondsLeft = Double.POSITIVE_INFINITY;
  private long nanos;
  private final LatencyTarget target = new LatencyTarget(1, LatencyTarget.MEDIAN, 0, true);

  private WatchedMeasurement look(WatchedMeasurement... looks) {
    Iterator<WatchedMeasurement> next = Arrays.asList(looks).iterator();
    return timing().look(() -> passing(next.next()));
  }

  /** Each look takes five seconds. */
  private WatchedMeasurement passing(WatchedMeasurement look) {
    nanos += 5_000_000_000L;
    secondsLeft -= 5;
    return look;
  }

  private CarefulTiming timing() {
    return new CarefulTiming(target, new Repetition(() -> secondsLeft, () -> nanos), waited::add);
  }

  @Test
  void aTargetThatIsMetNeedsOneLook() {
    assertThat(look(Looks.calm(0.9))).isEqualTo(Looks.calm(0.9));
    assertThat(waited).isEmpty();
  }

  @Test
  void aTargetThatIsMetAtBothSpeedsOfAMachineThatDriftedNeedsTwo() {
    WatchedMeasurement slower = Looks.of(0.95, 1, 1.2);
    WatchedMeasurement quicker = Looks.of(0.8, 0.9, 0.9);
    assertThat(look(slower, quicker)).isEqualTo(quicker);
    assertThat(waited).containsExactly(Duration.ZERO);
  }

  @Test
  void aLookThatDoesNotCountDoesNotEndTheLooking() {
    WatchedMeasurement open = Looks.of(1.03, 1.1, 1.06);
    WatchedMeasurement metButLessLikeTheTables = Looks.of(0.95, 1, 1.2);
    assertThat(look(open, metButLessLikeTheTables, Looks.calm(0.95))).isEqualTo(Looks.calm(0.95));
    assertThat(waited).isEqualTo(CarefulTiming.PAUSES.subList(0, 2));
  }

  @Test
  void aMachineThatBecomesCalmWithinTheMinuteGivesTheVerdict() {
    assertThat(look(SLOW, SLOW, SLOW, Looks.calm(0.95))).isEqualTo(Looks.calm(0.95));
    assertThat(waited).isEqualTo(CarefulTiming.PAUSES.subList(0, 3));
  }

  /** Ten and twenty seconds went to the first: thirty are left, of which the second takes ten. */
  @Test
  void severalNetworksShareAMinute() {
    CarefulTiming timing = timing();
    Iterator<WatchedMeasurement> first = List.of(SLOW, SLOW, SLOW, Looks.calm(0.95)).iterator();
    timing.look(first::next);
    waited.clear();
    timing.look(() -> SLOW);
    assertThat(waited).isEqualTo(CarefulTiming.PAUSES.subList(0, 3));
  }

  @Test
  void whereTimeIsShortItIsNotWaitedFor() {
    secondsLeft = 29; // after three looks 14: too few for a pause of 20 and a look
    assertThat(look(SLOW, SLOW, SLOW)).isEqualTo(SLOW);
    assertThat(waited).isEqualTo(CarefulTiming.PAUSES.subList(0, 2));
  }

  @Test
  void aMissIsLookedAtTwiceAndTheQuickerLookCounts() {
    assertThat(look(Looks.calm(1.2), Looks.calm(1.1))).isEqualTo(Looks.calm(1.1));
    assertThat(waited).containsExactly(Duration.ZERO);
  }

  @Test
  void aMissOnACalmMachineCountsBeforeAQuickLookAtAnother() {
    assertThat(look(Looks.calm(1.2), Looks.of(0.8, 0.9, 0.7))).isEqualTo(Looks.calm(1.2));
  }

  @Test
  void ofAMachineThatNeverIsAsItsTableSaysTheLikestLookCounts() {
    WatchedMeasurement likest = Looks.of(1.08, 1.1, 1.08);
    WatchedMeasurement quick = Looks.of(0.82, 0.9, 0.8);
    assertThat(look(SLOW, quick, likest, SLOW, quick)).isEqualTo(likest);
    assertThat(waited).isEqualTo(CarefulTiming.PAUSES);
  }
}
