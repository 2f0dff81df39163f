package org.proxyless.search.sweep;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.sweep.cell.CellOutcome;
import org.proxyless.search.sweep.cell.Place;

/**
 * Runs the cells of a sweep that have not ended, and keeps how each ends. A cell that fails is
 * tried again, elsewhere if there is an elsewhere; what was finished is never done again.
 */
public final class SweepExecution {
  private final SweepPlan plan;
  private final SweepFolder folder;
  private final Launch launch;
  private final CellRunner runner;
  private final StopSignal stop;

  /**
   * Of a sweep's remaining cells.
   *
   * @param launch how they start the program
   * @param runner where they run
   * @param stop says that cells end because the sweep does, which is no failure of theirs
   */
  public SweepExecution(
      SweepPlan plan, SweepFolder folder, Launch launch, CellRunner runner, StopSignal stop) {
    this.plan = plan;
    this.folder = folder;
    this.launch = launch;
    this.runner = runner;
    this.stop = stop;
  }

  /** The cells that have not ended, in order. */
  public static List<Cell> remaining(SweepPlan plan, SweepFolder folder) {
    return plan.cells().stream().filter(cell -> folder.ended(cell.id()).isEmpty()).toList();
  }

  /**
   * Runs them all.
   *
   * @param ended gets each as it ends, one at a time
   * @throws RunStoppedException if it was told to stop
   * @throws InvalidInputException if nothing can be run any more, such as without a cluster
   */
  public void run(Consumer<CellState> ended) {
    List<CompletableFuture<Void>> all =
        remaining(plan, folder).stream()
            .map(cell -> attempt(cell, 1, Set.of()).thenAccept(state -> keep(state, ended)))
            .toList();
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private synchronized void keep(CellState state, Consumer<CellState> ended) {
    folder.keep(state);
    ended.accept(state);
  }

  private CompletableFuture<CellState> attempt(Cell cell, int number, Set<Place> avoid) {
    if (folder.hasResult(cell.id())) { // the sweep was killed before it could say so
      return CompletableFuture.completedFuture(finished(cell, number - 1, "", 0));
    }
    return runner
        .run(launch.of(cell, folder), avoid)
        .thenCompose(
            outcome -> {
              Optional<CellState> end = end(cell, number, outcome);
              return end.map(CompletableFuture::completedFuture)
                  .orElseGet(() -> attempt(cell, number + 1, with(avoid, outcome.where())));
            });
  }

  private Optional<CellState> end(Cell cell, int attempts, CellOutcome outcome) {
    if (outcome.finished()) {
      return Optional.of(finished(cell, attempts, outcome.where().toString(), outcome.seconds()));
    }
    if (stop.isRequested()) {
      throw new RunStoppedException("the sweep was told to stop");
    }
    if (attempts < plan.needs().attempts()) {
      return Optional.empty();
    }
    return Optional.of(
        new CellState(
            cell.id(),
            CellState.End.FAILED,
            attempts,
            outcome.where().toString(),
            outcome.seconds(),
            outcome.message(),
            null));
  }

  private CellState finished(Cell cell, int attempts, String place, double seconds) {
    return new CellState(
        cell.id(),
        CellState.End.FINISHED,
        attempts,
        place,
        seconds,
        "",
        CellFigures.of(folder.run(cell.id())));
  }

  private static Set<Place> with(Set<Place> places, Place another) {
    Set<Place> more = new HashSet<>(places);
    more.add(another);
    return Set.copyOf(more);
  }
}
