package org.proxyless.latency;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;

/** Joins tables of one device into one, as of several spaces that were measured on it. */
public final class TableMerge {
  private final Map<String, LatencyTable> tables = new LinkedHashMap<>();
  private final Map<String, String> origins = new HashMap<>();
  private final TreeMap<String, LatencyEntry> entries = new TreeMap<>();
  private final boolean keepFirst;

  /**
   * @param keepFirst whether the first of several entries for a key counts; otherwise entries that
   *     differ are refused
   */
  public TableMerge(boolean keepFirst) {
    this.keepFirst = keepFirst;
  }

  /**
   * Adds a table.
   *
   * @param name what errors call it
   * @throws InvalidInputException if it is of another device, kind or machine than the ones before,
   *     has a correction, or has another entry for a key that is there
   */
  public TableMerge add(String name, LatencyTable table) {
    if (!table.correction().equals(Correction.NONE)) {
      throw new InvalidInputException(
          name
              + " has a correction, which holds for its own networks alone. Merge tables as they"
              + " were measured, and verify the whole.");
    }
    if (!tables.isEmpty()) {
      requireAlike(name, table);
    }
    table.entries().forEach((key, entry) -> put(name, key, entry));
    tables.put(name, table);
    return this;
  }

  private void requireAlike(String name, LatencyTable table) {
    Map.Entry<String, LatencyTable> first = tables.entrySet().iterator().next();
    LatencyTable before = first.getValue();
    List<String> differences = new ArrayList<>();
    if (!table.device().equals(before.device())) {
      differences.add("device: '" + before.device() + "' against '" + table.device() + "'");
    }
    if (table.kind() != before.kind()) {
      differences.add("kind: " + before.kind() + " against " + table.kind());
    }
    differences.addAll(before.fingerprint().differences(table.fingerprint()));
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          first.getKey()
              + " and "
              + name
              + " are not of one device ("
              + String.join("; ", differences)
              + "). Merge tables of one device.");
    }
  }

  private void put(String name, String key, LatencyEntry entry) {
    LatencyEntry before = entries.putIfAbsent(key, entry);
    if (before == null) {
      origins.put(key, name);
    } else if (!keepFirst && !before.equals(entry)) {
      throw new InvalidInputException(
          "entry '"
              + key
              + "' is "
              + before.medianMillis()
              + " ms in "
              + origins.get(key)
              + " and "
              + entry.medianMillis()
              + " ms in "
              + name
              + ". Remove one, or add --keep-first.");
    }
  }

  /**
   * The whole, with all networks that were measured, to be fitted anew: unverified, named after all
   * spaces, of the latest date, with the settings and versions in which all agree.
   */
  public LatencyTable table() {
    List<LatencyTable> all = List.copyOf(tables.values());
    LatencyTable first = all.get(0);
    TreeMap<String, String> settings = new TreeMap<>(first.settings());
    TreeMap<String, String> versions = new TreeMap<>(first.toolVersions());
    for (LatencyTable table : all) {
      settings.entrySet().retainAll(table.settings().entrySet());
      versions.entrySet().retainAll(table.toolVersions().entrySet());
    }
    return new LatencyTable(
        first.kind(),
        first.device(),
        all.stream().map(LatencyTable::space).distinct().collect(Collectors.joining("+")),
        first.fingerprint(),
        settings,
        versions,
        all.stream().map(LatencyTable::created).max(Instant::compareTo).orElseThrow(),
        entries,
        Correction.NONE,
        Optional.empty(),
        all.stream().flatMap(table -> table.timings().stream()).toList(),
        Optional.empty());
  }
}
