package org.proxyless.search.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.State;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.run.settings.SearchSettings;

/** By a clock that stands still unless it is moved. */
class TimeLimitTest {
  private static final SearchSettings SETTINGS =
      TinySearch.settings(null, Path.of("none"))
          .warmupEpochs(null)
          .epochs(null)
          .fineTuneEpochs(null)
          .timeLimit(Duration.ofMinutes(9))
          .build();
  private static final Dataset DATASET = SearchInput.openDataset(SETTINGS);
  private static final Batches BATCHES = new Batches(DATASET, SETTINGS);
  private static final StepTimes.Work WORK = new StepTimes.Work(1, 32, 5, 5, 63, true, true);

  /** Of a supernet whose steps take 0.15 s. */
  private static final StepTimes TIMES = new StepTimes(1, 0.15, 0.1, 0.02, 0.1, 0);

  private long nanos;

  @AfterAll
  static void close() {
    DATASET.close();
  }

  private void pass(double seconds) {
    nanos += (long) (1e9 * seconds);
  }

  private TimeLimit limit(long seconds) {
    return TimeLimit.startingNow(seconds, () -> nanos);
  }

  @Test
  void nineMinutesAreDividedWithThreeTenthsForFineTuningAndATwelfthForTheChoiceAtMost() {
    TimeLimit limit = limit(540);
    pass(50); // a table
    RunSteps steps = limit.plan(TIMES, WORK, SETTINGS, BATCHES);
    Map<String, Double> seconds = TIMES.estimate(steps, WORK);
    assertThat(TIMES.totalSeconds(steps, WORK)).isCloseTo(0.9 * 540 - 50, within(2.0));
    assertThat(seconds.get("fine-tune")).isGreaterThan(0.3 * 540);
    assertThat(seconds.get("choose")).isLessThan(0.08 * 540);
    assertThat(seconds.get("prove")).isBetween(20.0, 60.0);
    assertThat(seconds.get("search")).isGreaterThan(seconds.get("warm-up"));
  }

  @Test
  void moreTimeIsMoreStepsOfEveryPhase() {
    RunSteps shorter = limit(300).plan(TIMES, WORK, SETTINGS, BATCHES);
    RunSteps longer = limit(600).plan(TIMES, WORK, SETTINGS, BATCHES);
    assertThat(longer.schedule().warmupSteps()).isGreaterThan(2 * shorter.schedule().warmupSteps());
    assertThat(longer.schedule().searchSteps()).isGreaterThan(2 * shorter.schedule().searchSteps());
    assertThat(longer.fineTuneSteps()).isGreaterThan(2 * shorter.fineTuneSteps());
  }

  @Test
  void epochsThatAreAskedForAreNotExceededAndLeaveTheirTimeToOthers() {
    SearchSettings asked =
        TinySearch.settings(null, Path.of("none"))
            .epochs(3)
            .warmupEpochs(0)
            .fineTuneEpochs(null)
            .timeLimit(Duration.ofMinutes(9))
            .build();
    RunSteps steps = limit(540).plan(TIMES, WORK, asked, BATCHES);
    assertThat(steps.schedule().warmupSteps()).isZero();
    assertThat(steps.schedule().searchSteps()).isEqualTo(3 * BATCHES.stepsAnEpoch());
    assertThat(steps.fineTuneSteps())
        .isGreaterThan(limit(540).plan(TIMES, WORK, SETTINGS, BATCHES).fineTuneSteps());
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheTimeThatItTakes() {
    assertThatThrownBy(() -> limit(60).plan(TIMES, WORK, SETTINGS, BATCHES))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--time-limit is 60 s")
        .hasMessageContaining("Allow at least");
  }

  @Test
  void aSearchInItsTimeStaysAsItIs() {
    TimeLimit limit = limit(540);
    RunSteps steps = limit.plan(TIMES, WORK, SETTINGS, BATCHES);
    long planned = steps.schedule().searchSteps();
    pass(TIMES.warmUpSeconds(steps.schedule().warmupSteps()));
    assertThat(limit.searchSteps(0, planned)).isEqualTo(planned);
    pass(TIMES.searchSeconds(steps.schedule(), WORK) / 2);
    assertThat(limit.searchSteps(planned / 2, planned)).isEqualTo(planned);
    assertThat(limit.slowness()).isCloseTo(1, within(0.01));
  }

  @Test
  void whereStepsTakeHalfAsLongAgainTheSearchPaysAndNotTheFineTuning() {
    TimeLimit limit = limit(540);
    RunSteps steps = limit.plan(TIMES, WORK, SETTINGS, BATCHES);
    long planned = steps.schedule().searchSteps();
    double step = 1.5 * TIMES.searchSeconds(steps.schedule(), WORK) / planned;
    pass(1.5 * TIMES.warmUpSeconds(steps.schedule().warmupSteps()));
    long inAll = limit.searchSteps(0, planned);
    for (long done = 0; done < inAll; done += 10) {
      inAll = limit.searchSteps(done, inAll);
      pass(10 * step);
    }
    assertThat(inAll).isLessThan(9 * planned / 10);
    assertThat(limit.slowness()).isCloseTo(1.5, within(0.01));
    pass(1.5 * TIMES.derivingSeconds(steps, WORK));
    assertThat(limit.fineTuneSteps(Long.MAX_VALUE, 1))
        .isGreaterThan(9 * steps.fineTuneSteps() / 10);
  }

  @Test
  void timeThatIsLeftAfterTheSearchLengthensTheFineTuningAsFarAsWasAskedFor() {
    TimeLimit limit = limit(540);
    RunSteps steps = limit.plan(TIMES, WORK, SETTINGS, BATCHES);
    assertThat(limit.fineTuneSteps(Long.MAX_VALUE, 1)).isGreaterThan(2 * steps.fineTuneSteps());
    assertThat(limit.fineTuneSteps(100, 1)).isEqualTo(100);
  }

  @Test
  void theProofOfALatencyLeavesFineTuningItsThreeTenths() {
    TimeLimit limit = limit(540);
    RunSteps steps = limit.plan(TIMES, WORK, SETTINGS, BATCHES);
    double end = 0.95 * 540 - 0.3 * 540 - TIMES.closingSeconds(steps, WORK);
    pass(end - 10);
    assertThat(limit.secondsBeforeFineTuning()).isCloseTo(10, within(1e-6));
    pass(11);
    assertThat(limit.secondsBeforeFineTuning()).isCloseTo(-1, within(1e-6));
    assertThat(limit.secondsAtTheEnd()).isGreaterThan(0.3 * 540);
  }

  @Test
  void theLastPhaseEndsInTime() {
    TimeLimit limit = limit(540);
    RunSteps steps = limit.plan(TIMES, WORK, SETTINGS, BATCHES);
    pass(400);
    double left = 0.95 * 540 - 400 - TIMES.closingSeconds(steps, WORK);
    assertThat(limit.lastSteps(10_000, 0.5)).isEqualTo((long) (left / 0.5));
    assertThat(limit.lastSteps(7, 0.5)).isEqualTo(7);
  }

  @Test
  void theTimeThatARunDidNotRunDoesNotCount() {
    TimeLimit limit = limit(540);
    RunSteps steps = limit.plan(TIMES, WORK, SETTINGS, BATCHES);
    pass(100);
    State state = new State();
    limit.save(state);
    pass(10_000);
    TimeLimit resumed = TimeLimit.resumed(540, state, () -> nanos);
    long planned = steps.schedule().searchSteps();
    nanos -= 10_000_000_000_000L;
    long expected = limit.fineTuneSteps(Long.MAX_VALUE, 1);
    nanos += 10_000_000_000_000L;
    assertThat(resumed.fineTuneSteps(Long.MAX_VALUE, 1)).isEqualTo(expected);
    assertThat(resumed.searchSteps(0, planned)).isEqualTo(planned);
  }
}
