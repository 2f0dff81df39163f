package org.proxyless.search.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * What is kept of a cell that has ended.
 *
 * @param id of the cell
 * @param end how
 * @param attempts that were made
 * @param place of the last one
 * @param seconds that the last one took; a cell that goes on took more
 * @param message why it failed; empty if it did not
 * @param figures of its network; null if it failed
 */
public record CellState(
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) End end,
    @JsonProperty(required = true) int attempts,
    @JsonProperty(required = true) String place,
    @JsonProperty(required = true) double seconds,
    @JsonProperty(required = true) String message,
    @JsonProperty(required = true) CellFigures figures) {

  /** How a cell ends. */
  public enum End {
    /** With a network. */
    FINISHED,
    /** With a message. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
