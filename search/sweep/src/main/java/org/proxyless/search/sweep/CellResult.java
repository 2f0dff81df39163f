package org.proxyless.search.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunState;
import org.proxyless.search.run.RunSummary;

/**
 * A cell as it stands.
 *
 * @param standing how
 * @param ended what is kept of its end; empty if it has not ended
 * @param measuredMillis of its network, timed after the sweep; null if it was not
 * @param remark how far it came, or why it failed; empty if there is nothing to say
 */
public record CellResult(
    Cell cell, Standing standing, Optional<CellState> ended, Double measuredMillis, String remark) {

  /** How a cell stands. */
  public enum Standing {
    WAITING,
    RUNNING,
    INTERRUPTED,
    FINISHED,
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the folder tells of a cell. */
  static CellResult of(Cell cell, SweepFolder folder) {
    Optional<CellState> ended = folder.ended(cell.id());
    if (ended.isPresent()) {
      boolean finished = ended.get().end() == CellState.End.FINISHED;
      return new CellResult(
          cell,
          finished ? Standing.FINISHED : Standing.FAILED,
          ended,
          measured(folder.measured(cell.id())),
          ended.get().message());
    }
    Optional<RunSummary> run = folder.summary(cell.id());
    Standing standing =
        run.map(begun -> begun.state() == RunState.RUNNING)
            .map(running -> running ? Standing.RUNNING : Standing.INTERRUPTED)
            .orElse(Standing.WAITING);
    return new CellResult(
        cell, standing, Optional.empty(), null, run.map(RunSummary::remark).orElse(""));
  }

  private static Double measured(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    JsonNode median = Provenance.read(file).path("medianMillis");
    return median.isNumber() ? median.doubleValue() : null;
  }

  /** What its network came to; empty unless it has finished. */
  Optional<CellFigures> figures() {
    return ended.map(CellState::figures);
  }

  /** Its value on an axis; the axis must be there. */
  String on(String axis) {
    return cell.place().get(axis);
  }
}
