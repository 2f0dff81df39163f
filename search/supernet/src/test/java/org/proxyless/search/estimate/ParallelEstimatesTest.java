package org.proxyless.search.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.proxyless.search.strategy.PathScore;

@Timeout(60)
class ParallelEstimatesTest {
  private static final List<int[]> NEXT = List.of(new int[] {1}, new int[] {2});

  private static Estimate estimate(int[] path) {
    return new Estimate(new PathScore(0, path[0] / 10.0), null);
  }

  @Test
  void whatComesNextIsInWorkWhileOneWaits() {
    CountDownLatch three = new CountDownLatch(3);
    AccuracyEstimator meeting =
        (path, observer) -> {
          three.countDown();
          await(three); // ends only when all three are in work
          return estimate(path);
        };
    try (ParallelEstimates parallel =
        new ParallelEstimates(List.of(meeting, meeting, meeting), () -> NEXT, 3)) {
      assertThat(accuracy(parallel, 0)).isZero();
      assertThat(accuracy(parallel, 1)).isEqualTo(0.1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingIsEstimatedTwice() {
    AtomicInteger estimates = new AtomicInteger();
    AccuracyEstimator counting =
        (path, observer) -> {
          estimates.incrementAndGet();
          return estimate(path);
        };
    List<int[]> ahead = new ArrayList<>(NEXT);
    try (ParallelEstimates parallel =
        new ParallelEstimates(List.of(counting, counting), () -> List.copyOf(ahead), 9)) {
      accuracy(parallel, 0);
      ahead.remove(0);
      assertThat(accuracy(parallel, 1)).isEqualTo(0.1);
      ahead.set(0, new int[] {0}); // a strategy may ask again, and is not answered here
      assertThat(accuracy(parallel, 2)).isEqualTo(0.2);
    }
    assertThat(estimates).hasValue(3);
  }

  @Test
  void nothingIsBegunBeyondWhatWillBeAskedFor() {
    AtomicInteger estimates = new AtomicInteger();
    AccuracyEstimator counting =
        (path, observer) -> {
          estimates.incrementAndGet();
          return estimate(path);
        };
    try (ParallelEstimates parallel =
        new ParallelEstimates(List.of(counting, counting), () -> NEXT, 2)) {
      accuracy(parallel, 0);
      accuracy(parallel, 1);
    }
    assertThat(estimates).hasValue(2);
  }

  @Test
  void theStepsOfTheNetworkThatIsWaitedForAreHeardInThisThread() {
    AccuracyEstimator training =
        (path, observer) -> {
          for (int step = 1; step <= 3; step++) {
            observer.step(10L * path[0] + step, 0.1, new PathScore(1, 0));
          }
          return estimate(path);
        };
    List<Long> steps = new ArrayList<>();
    Thread here = Thread.currentThread();
    try (ParallelEstimates parallel =
        new ParallelEstimates(List.of(training, training), () -> NEXT, 3)) {
      parallel.estimate(
          new int[] {0},
          (step, rate, score) -> {
            assertThat(Thread.currentThread()).isSameAs(here);
            steps.add(step);
          });
    }
    assertThat(steps).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whoStopsListeningStopsAllThatIsInWork() {
    AccuracyEstimator endless =
        (path, observer) -> {
          while (true) {
            observer.step(1, 0.1, new PathScore(1, 0));
          }
        };
    ParallelEstimates parallel = new ParallelEstimates(List.of(endless, endless), () -> NEXT, 3);
    assertThatThrownBy(
            () ->
                parallel.estimate(
                    new int[] {0},
                    (step, rate, score) -> {
                      throw new IllegalStateException("told to stop");
                    }))
        .hasMessage("told to stop");
    parallel.close(); // or it would wait for an hour
  }

  @Test
  void aFailureIsThatOfTheEstimate() {
    AccuracyEstimator failing =
        (path, observer) -> {
          throw new IllegalArgumentException("diverged");
        };
    try (ParallelEstimates parallel = new ParallelEstimates(List.of(failing), List::of, 1)) {
      assertThatThrownBy(() -> accuracy(parallel, 0)).hasMessage("diverged");
    }
  }

  private static double accuracy(ParallelEstimates parallel, int first) {
    return parallel.estimate(new int[] {first}, (step, rate, score) -> {}).score().accuracy();
  }
}
