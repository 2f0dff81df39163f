package org.proxyless.benchmarks.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.proxyless.benchmarks.jmh.Blocks;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;

/**
 * The sentinel and a few entries of a table, which are measured again to see whether the machine is
 * still what it was.
 */
final class TableSample {
  private static final int ENTRIES = 5;

  private final LatencyTable table;
  private final List<String> keys;

  private TableSample(LatencyTable table, List<String> keys) {
    this.table = table;
    this.keys = keys;
  }

  /** Evenly over the dearer half of a table's entries, which are measured most precisely. */
  static TableSample of(LatencyTable table) {
    String sentinel = Neighbours.sentinel(table);
    double[] all =
        table.entries().values().stream().mapToDouble(LatencyEntry::medianMillis).toArray();
    double usual = Visit.median(all);
    List<String> dear =
        table.entries().entrySet().stream()
            .filter(entry -> entry.getValue().medianMillis() >= usual)
            .map(Map.Entry::getKey)
            .filter(key -> !key.equals(sentinel) && !key.equals(LatencyTable.CALL))
            .toList();
    int count = Math.min(ENTRIES, dear.size());
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(dear.get((2 * i + 1) * dear.size() / (2 * count)));
    }
    keys.add(sentinel);
    return new TableSample(table, keys);
  }

  /** Keys of its entries, the sentinel's last. */
  List<String> keys() {
    return keys;
  }

  /** What operators usually take over what the table says. */
  double ratio(Readings readings) {
    return Visit.median(keys.stream().mapToDouble(key -> ratio(key, readings)).toArray());
  }

  private double ratio(String key, Readings readings) {
    return readings.blocks(key).medianMillis() / table.entries().get(key).medianMillis();
  }

  /**
   * Entries that did not move like the others, with the factor by which each moved.
   *
   * @param tolerance the most by which they may differ, besides what their intervals allow
   */
  Map<String, Double> outliers(Readings readings, double tolerance) {
    double usual = ratio(readings);
    Map<String, Double> outliers = new TreeMap<>();
    for (String key : keys) {
      Blocks now = readings.blocks(key);
      LatencyEntry then = table.entries().get(key);
      double thenHalfWidth =
          (then.high95Millis().orElse(0) - then.low95Millis().orElse(0)) / 2 / then.medianMillis();
      double nowHalfWidth = now.halfWidthMillis() / now.medianMillis();
      double ratio = ratio(key, readings);
      if (Math.abs(ratio / usual - 1) > tolerance + thenHalfWidth + nowHalfWidth) {
        outliers.put(key, ratio);
      }
    }
    return outliers;
  }
}
