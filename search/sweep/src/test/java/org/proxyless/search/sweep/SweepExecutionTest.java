package org.proxyless.search.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.sweep.CellResult.Standing;
import org.proxyless.search.sweep.cell.CellCommand;
import org.proxyless.search.sweep.cell.CellOutcome;
import org.proxyless.search.sweep.cell.Place;

class SweepExecutionTest {
  @TempDir Path folder;

  /** Runs at once, where it was not before, and remembers it. */
  private static final class Scripted implements CellRunner {
    private final Function<CellCommand, String> failure;
    private final List<String> runs = new ArrayList<>();
    private final List<Set<Place>> avoided = new ArrayList<>();

    /**
     * Goes by a script.
     *
     * @param failure of an attempt; empty if it finishes
     */
    Scripted(Function<CellCommand, String> failure) {
      this.failure = failure;
    }

    @Override
    public CompletableFuture<CellOutcome> run(CellCommand command, Set<Place> avoid) {
      runs.add(Path.of(command.run()).getFileName().toString());
      avoided.add(avoid);
      String message = failure.apply(command);
      if (message.isEmpty()) {
        Sweeps.finish(Path.of(command.run()), 0.9, 1.5);
      }
      Place place = new Place("host" + avoid.size(), "");
      return CompletableFuture.completedFuture(
          new CellOutcome(message.isEmpty(), message, place, 3));
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void close() {}
  }

  @Test
  void allThatFinishesIsKeptWithItsFigures() {
    SweepPlan plan = Sweeps.plan(folder, "{seed: [1, 2]}");
    SweepFolder sweep = Sweeps.begun(folder, plan);
    run(plan, sweep, new Scripted(command -> ""));
    CellState state = sweep.ended(plan.cells().get(1).id()).orElseThrow();
    assertThat(state.end()).isEqualTo(CellState.End.FINISHED);
    assertThat(state.attempts()).isEqualTo(1);
    assertThat(state.figures().testAccuracy()).isEqualTo(0.9);
    assertThat(sweep.plan()).isEqualTo(plan);
  }

  @Test
  void aCellThatFailsIsTriedElsewhereAndEndsWithItsMessage() {
    SweepPlan plan = Sweeps.plan(folder, "{seed: [1, 2, 3]}");
    SweepFolder sweep = Sweeps.begun(folder, plan);
    String bad = plan.cells().get(1).id();
    Scripted runner = new Scripted(command -> command.run().endsWith(bad) ? "no such luck" : "");
    run(plan, sweep, runner);
    CellState failed = sweep.ended(bad).orElseThrow();
    assertThat(failed.end()).isEqualTo(CellState.End.FAILED);
    assertThat(failed.attempts()).isEqualTo(3);
    assertThat(failed.message()).isEqualTo("no such luck");
    assertThat(runner.avoided).contains(Set.of(new Place("host0", ""), new Place("host1", "")));
    assertThat(SweepResults.of(plan, sweep).that(Standing.FINISHED)).hasSize(2);
  }

  @Test
  void whatHasEndedIsNotDoneAgain() {
    SweepPlan plan = Sweeps.plan(folder, "{seed: [1, 2, 3]}");
    SweepFolder sweep = Sweeps.begun(folder, plan);
    AtomicInteger lasts = new AtomicInteger(2);
    Scripted dies =
        new Scripted(
            command -> {
              if (lasts.getAndDecrement() == 0) {
                throw new InvalidInputException("the cluster is gone");
              }
              return "";
            });
    assertThatThrownBy(() -> run(plan, sweep, dies)).hasMessage("the cluster is gone");
    assertThat(SweepExecution.remaining(plan, sweep)).containsExactly(plan.cells().get(2));
    Scripted again = new Scripted(command -> "");
    run(plan, sweep, again);
    assertThat(again.runs).containsExactly(plan.cells().get(2).id());
  }

  @Test
  void aRunThatHadFinishedWhenTheSweepWasKilledIsTakenAsItIs() {
    SweepPlan plan = Sweeps.plan(folder, "{seed: [1, 2]}");
    SweepFolder sweep = Sweeps.begun(folder, plan);
    Sweeps.finish(sweep.run(plan.cells().get(0).id()), 0.7, 1.2);
    Scripted runner = new Scripted(command -> "");
    run(plan, sweep, runner);
    assertThat(runner.runs).containsExactly(plan.cells().get(1).id());
    assertThat(sweep.ended(plan.cells().get(0).id()).orElseThrow().figures().testAccuracy())
        .isEqualTo(0.7);
  }

  @Test
  void noMatterWhatFailsWhenAllCellsEndOnce() {
    SweepPlan plan = Sweeps.plan(folder, "{seed: [1, 2, 3, 4, 5], batch-size: [8, 16, 32, 64]}");
    SweepFolder sweep = Sweeps.begun(folder, plan);
    SplittableRandom random = new SplittableRandom(3);
    List<String> ended = new ArrayList<>();
    Scripted runner = new Scripted(command -> random.nextInt(3) == 0 ? "bad luck" : "");
    new SweepExecution(plan, sweep, new Launch(List.of("none")), runner, new StopSignal())
        .run(state -> ended.add(state.id()));
    assertThat(ended).containsExactlyInAnyOrderElementsOf(ids(plan));
    long finishes =
        SweepResults.of(plan, sweep).that(Standing.FINISHED).stream()
            .mapToInt(cell -> cell.ended().orElseThrow().attempts())
            .sum();
    long failures = 3L * SweepResults.of(plan, sweep).that(Standing.FAILED).size();
    assertThat(finishes + failures).isEqualTo(runner.runs.size());
  }

  @Test
  void cellsThatEndBecauseTheSweepDoesHaveNotFailed() {
    SweepPlan plan = Sweeps.plan(folder, "{seed: [1, 2]}");
    SweepFolder sweep = Sweeps.begun(folder, plan);
    StopSignal stop = new StopSignal();
    Scripted runner =
        new Scripted(
            command -> {
              stop.request();
              return "killed";
            });
    SweepExecution execution =
        new SweepExecution(plan, sweep, new Launch(List.of("none")), runner, stop);
    assertThatThrownBy(() -> execution.run(state -> {})).isInstanceOf(RunStoppedException.class);
    assertThat(SweepExecution.remaining(plan, sweep)).isEqualTo(plan.cells());
  }

  private static List<String> ids(SweepPlan plan) {
    return plan.cells().stream().map(Cell::id).toList();
  }

  private static void run(SweepPlan plan, SweepFolder sweep, CellRunner runner) {
    new SweepExecution(plan, sweep, new Launch(List.of("none")), runner, new StopSignal())
        .run(state -> {});
  }
}
