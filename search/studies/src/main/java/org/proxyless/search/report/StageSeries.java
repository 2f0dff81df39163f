package org.proxyless.search.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.CsvTable;

/**
 * The figures of one stage by step, such as the loss of the warm-up. Long stages are thinned: each
 * point is then the mean of as many steps as {@code stepsAPoint} says, and stands at the last one.
 *
 * @param stage its name in {@code metrics.csv}
 * @param stepsAPoint 1 where every step is kept
 * @param columns by name, {@code step} first; null where there is no finite figure
 */
record StageSeries(String stage, int stepsAPoint, Map<String, List<Double>> columns) {
  private static final int MOST_POINTS = 600;
  private static final String STEP = "step";

  /** The stages of a run in the order in which they began. */
  static List<StageSeries> of(CsvTable metrics) {
    int stage = metrics.column("stage");
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < metrics.rows().size(); row++) {
      String name = metrics.rows().get(row).get(stage);
      rows.computeIfAbsent(name, s -> new ArrayList<>()).add(row);
    }
    return rows.entrySet().stream().map(e -> of(e.getKey(), e.getValue(), metrics)).toList();
  }

  private static StageSeries of(String stage, List<Integer> rows, CsvTable metrics) {
    int width = (rows.size() + MOST_POINTS - 1) / MOST_POINTS;
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    for (String name :
        List.of(STEP, "loss", "accuracy", "expectedMillis", "entropy", "learningRate")) {
      int column = metrics.column(name);
      List<Double> points = new ArrayList<>();
      for (int first = 0; first < rows.size(); first += width) {
        List<Integer> part = rows.subList(first, Math.min(first + width, rows.size()));
        points.add(
            name.equals(STEP)
                ? metrics.number(part.get(part.size() - 1), column)
                : mean(part, column, metrics));
      }
      columns.put(name, points);
    }
    return new StageSeries(stage, width, columns);
  }

  private static Double mean(List<Integer> rows, int column, CsvTable metrics) {
    double sum = 0;
    int count = 0;
    for (int row : rows) {
      Double value = metrics.number(row, column);
      if (value != null && Double.isFinite(value)) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? null : (Double) (sum / count);
  }
}
