package org.proxyless.latency.formats;

import org.jspecify.annotations.Nullable;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;

/**
 * Collects the entries of somebody else's file, and refuses what cannot be milliseconds: mixed-up
 * units are the commonest mistake with such files.
 */
final class Imported {
  private static final double MOST_MILLIS = 10_000;
  private static final double LEAST_MILLIS = 0.01;

  private final LatencyTable.Builder table;
  private double greatest;
  private @Nullable String firstWhere;

  Imported(LatencyTable.Builder table) {
    this.table = table;
  }

  /**
   * Takes an entry.
   *
   * @param where file and line, for messages
   * @throws InvalidInputException if the key is there already or the value cannot be a latency
   */
  void put(String where, String key, LatencyEntry entry) {
    double size = Math.abs(entry.medianMillis());
    if (size > MOST_MILLIS && Double.isFinite(size)) {
      throw new InvalidInputException(
          where
              + ": '"
              + key
              + "' is "
              + entry.medianMillis()
              + " ms; no operator of such tables takes over 10,000 ms, so the unit may be"
              + " microseconds or nanoseconds. Convert the file to milliseconds.");
    }
    try {
      table.put(key, entry);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(where + ": " + e.getMessage(), e);
    }
    greatest = Math.max(greatest, size);
    firstWhere = firstWhere == null ? where : firstWhere;
  }

  /**
   * The table so far.
   *
   * @throws InvalidInputException if all entries are so small that they must be seconds
   */
  LatencyTable.Builder table() {
    if (greatest < LEAST_MILLIS) {
      throw new InvalidInputException(
          firstWhere
              + ": every entry from here on is below 0.01 ms (the greatest is "
              + greatest
              + "), which is less than a phone or a server takes for any operator, so the unit may"
              + " be seconds. Convert the file to milliseconds.");
    }
    return table;
  }
}
