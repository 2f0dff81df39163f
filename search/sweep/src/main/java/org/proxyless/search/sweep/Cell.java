package org.proxyless.search.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.search.run.RunControl;

/**
 * One search of a sweep.
 *
 * @param id names its directory: its place on each axis, and a hash of all it is asked, so that a
 *     cell with other settings is another cell
 * @param place its value on each axis, in the axes' order
 * @param arguments of {@code search}, but for where it writes
 */
public record Cell(String id, Map<String, String> place, List<String> arguments) {
  private static final String CHECKPOINTS = "--checkpoint-every=";

  public Cell {
    place = Collections.unmodifiableMap(new LinkedHashMap<>(place));
    arguments = List.copyOf(arguments);
  }

  /** From one checkpoint of its search to the next. */
  public int checkpointSeconds() {
    return arguments.stream()
        .filter(word -> word.startsWith(CHECKPOINTS))
        .map(word -> Integer.valueOf(word.substring(CHECKPOINTS.length())))
        .findFirst()
        .orElse(RunControl.DEFAULT_CHECKPOINT_SECONDS);
  }
}
