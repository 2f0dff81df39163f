package org.proxyless.search.sweep;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.proxyless.search.sweep.cell.CellCommand;
import org.proxyless.search.sweep.cell.CellOutcome;
import org.proxyless.search.sweep.cell.Place;

/** Where cells run, as many at a time as there is room for. */
public interface CellRunner extends AutoCloseable {
  /**
   * Runs a cell as soon as there is room for it.
   *
   * @param avoid places where it failed: another is taken if there is one
   * @return how it ends; completes exceptionally only where nothing can be run any more
   */
  CompletableFuture<CellOutcome> run(CellCommand command, Set<Place> avoid);

  /** How many run at a time, as far as is known now. */
  int slots();

  /** Ends what still runs. */
  @Override
  void close();
}
