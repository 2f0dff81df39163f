package org.proxyless.search.sweep;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.proxyless.search.statistics.Sample;

/**
 * Finished cells that differ in their seed alone.
 *
 * @param place on the other axes
 * @param cells at least one
 */
public record CellGroup(Map<String, String> place, List<CellResult> cells) {
  private static final String DEVICE = "device";

  /** Accuracies on the test split, 0 to 1. */
  public Sample accuracies() {
    return new Sample(figures().stream().map(CellFigures::testAccuracy).toList());
  }

  /** Latencies by the table. */
  public Sample predictedMillis() {
    return new Sample(figures().stream().map(CellFigures::predictedMillis).toList());
  }

  private List<CellFigures> figures() {
    return cells.stream().flatMap(cell -> cell.figures().stream()).toList();
  }

  /** The device that they are for; empty where there is one for all. */
  public String device() {
    return place.getOrDefault(DEVICE, "");
  }

  /** Its place on the axes but device and seed. */
  public String name() {
    return place.entrySet().stream()
        .filter(axis -> !axis.getKey().equals(DEVICE))
        .map(axis -> axis.getKey() + " " + axis.getValue())
        .collect(Collectors.joining(", "));
  }
}
