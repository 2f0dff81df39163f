package org.proxyless.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.machine.WorkLoad;

class QuietWaitTest {
  private static final WorkLoad BUSY = new WorkLoad(0.98, Optional.of("java"), 0.97);
  private final Deque<WorkLoad> loads = new ArrayDeque<>();
  private final List<String> notes = new ArrayList<>();
  private Duration waited = Duration.ZERO;
  private final QuietWait wait =
      new QuietWait(
          () -> () -> loads.size() > 1 ? loads.pop() : loads.peek(),
          this::pass,
          QuietWait.DEFAULT_PATIENCE);
  private final MeasuringProgress progress =
      new MeasuringProgress() {
        @Override
        public void measuring(int done, int total, String current) {}

        @Override
        public void note(String line) {
          notes.add(line);
        }
      };

  private void pass(Duration time) {
    waited = waited.plus(time);
  }

  @Test
  void aQuietMachineIsMeasuredAtOnceAndNothingIsSaid() {
    loads.add(WorkLoad.NONE);
    wait.await(progress);
    assertThat(waited).isEqualTo(Duration.ofSeconds(1));
    assertThat(notes).isEmpty();
  }

  @Test
  void otherWorkIsNamedAndWaitedFor() {
    wait.setPatience(QuietWait.DEFAULT_PATIENCE);
    loads.addAll(List.of(BUSY, BUSY, WorkLoad.NONE, BUSY, WorkLoad.NONE, WorkLoad.NONE));
    wait.await(progress);
    assertThat(notes)
        .containsExactly(
            "Another program, 'java', uses 97 % of one processor: waiting up to 120 s for it to end"
                + " (--wait-for-quiet)");
    assertThat(waited).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void whereOtherWorkNeverEndsThePatienceIsUsedUpOnceAndThatIsSaid() {
    loads.add(BUSY);
    wait.setPatience(Duration.ofSeconds(20));
    wait.await(progress);
    assertThat(waited).isEqualTo(Duration.ofSeconds(21));
    assertThat(notes).hasSize(2);
    assertThat(notes.get(1)).contains("'java'").contains("measuring beside it");
    wait.await(progress);
    assertThat(waited).as("no look, no wait").isEqualTo(Duration.ofSeconds(21));
    assertThat(notes).hasSize(2);
  }

  @Test
  void whoIsInAHurryWaitsLessUnlessToldOtherwise() {
    loads.add(BUSY);
    wait.lowerPatience(Duration.ofSeconds(5));
    wait.await(progress);
    assertThat(waited).isEqualTo(Duration.ofSeconds(6));
    wait.setPatience(Duration.ofSeconds(20));
    wait.lowerPatience(Duration.ofSeconds(5));
    wait.await(progress);
    assertThat(waited).isEqualTo(Duration.ofSeconds(6 + 21));
  }

  @Test
  void aProgramThatNeverEndsGetsItsPatienceBackAfterAWhile() {
    loads.add(BUSY);
    wait.setPatience(Duration.ofSeconds(5));
    wait.await(progress);
    wait.renew(Duration.ofMinutes(10));
    wait.await(progress);
    assertThat(waited).as("too soon").isEqualTo(Duration.ofSeconds(6));
    wait.renew(Duration.ZERO);
    wait.await(progress);
    assertThat(waited).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void withoutPatienceItIsSaidAndNotWaited() {
    loads.add(BUSY);
    wait.setPatience(Duration.ZERO);
    wait.await(progress);
    assertThat(waited).isEqualTo(Duration.ofSeconds(1));
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0)).contains("measuring beside it");
  }

  @Test
  void workOfManyProgramsOrOfTheHostIsToldAsWhatItIs() {
    WorkLoad many = new WorkLoad(0.9, Optional.of("cron"), 0.1);
    assertThat(many.text())
        .isEqualTo("other work, of programs that cannot be told, uses 90 % of one processor");
  }
}
