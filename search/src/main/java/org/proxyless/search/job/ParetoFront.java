package org.proxyless.search.job;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.proxyless.benchmarks.Axis;
import org.proxyless.benchmarks.Sheet;
import org.proxyless.search.file.CsvFile;
import org.proxyless.search.file.JsonReport;
import org.proxyless.search.run.RunDirectory;

/**
 * The networks of one supernet for several targets: accuracy over latency.
 *
 * @param results one for each target
 */
public record ParetoFront(List<SearchResult> results) {
  private static final String CSV = "pareto.csv";
  private static final String PNG = "pareto.png";
  private static final List<String> COLUMNS =
      List.of("target", "predicted", "measured", "accuracy", "network");
  private static final int SIZE = 640;
  private static final int MARGIN = 70;
  private static final Color FRONT = new Color(0x1f77b4);
  private static final Color BEHIND = new Color(0xd95f02);

  public ParetoFront {
    results = List.copyOf(results);
  }

  /** The networks of which none is both quicker and more accurate, the quickest first. */
  public List<SearchResult> front() {
    List<SearchResult> front = new ArrayList<>();
    for (SearchResult result : byLatency()) {
      if (front.isEmpty() || result.testAccuracy() > front.get(front.size() - 1).testAccuracy()) {
        front.add(result);
      }
    }
    return front;
  }

  private List<SearchResult> byLatency() {
    return results.stream()
        .sorted(
            Comparator.comparingDouble(ParetoFront::millis)
                .thenComparingDouble(result -> -result.testAccuracy()))
        .toList();
  }

  /** Measured where the device is here, else predicted. */
  private static double millis(SearchResult result) {
    return result.measuredMillis().orElse(result.prediction().latencyMillis());
  }

  /** The figures of every network, under a stable key. */
  Map<String, Object> figures() {
    return Map.of("targets", results.stream().map(SearchResult::figures).toList());
  }

  /** Writes the figures of every network. */
  public void writeJson(Path file) {
    JsonReport report = new JsonReport();
    figures().forEach(report::put);
    report.write(file);
  }

  /** Writes the table and the plot, as pixels and as SVG, into a run directory. */
  void write(RunDirectory run) {
    run.delete(CSV); // that of a run that was cut short
    try (CsvFile csv = CsvFile.create(run.file(CSV), COLUMNS)) {
      for (SearchResult result : results) {
        csv.append(
            result.targetMillis(),
            result.prediction().latencyMillis(),
            result.measuredMillis().isPresent() ? result.measuredMillis().getAsDouble() : null,
            result.testAccuracy(),
            run.path().relativize(result.savedModel()).toString().replace('\\', '/'));
      }
    }
    Sheet.write(run.file(PNG), SIZE, this::draw);
  }

  private void draw(Sheet sheet) {
    Axis latency = Axis.of(results.stream().mapToDouble(ParetoFront::millis));
    Axis accuracy = Axis.of(results.stream().mapToDouble(result -> 100 * result.testAccuracy()));
    for (double tick : latency.ticks()) {
      sheet.line(
          x(latency, tick), MARGIN, x(latency, tick), SIZE - MARGIN, Color.LIGHT_GRAY, false);
      sheet.text(x(latency, tick), SIZE - MARGIN + 18, latency.label(tick), false);
    }
    for (double tick : accuracy.ticks()) {
      sheet.line(
          MARGIN, y(accuracy, tick), SIZE - MARGIN, y(accuracy, tick), Color.LIGHT_GRAY, false);
      sheet.text(MARGIN - 22, y(accuracy, tick) + 4, accuracy.label(tick), false);
    }
    List<SearchResult> front = front();
    for (int i = 1; i < front.size(); i++) {
      SearchResult last = front.get(i - 1);
      SearchResult next = front.get(i);
      sheet.line(
          x(latency, millis(last)),
          y(accuracy, 100 * last.testAccuracy()),
          x(latency, millis(next)),
          y(accuracy, 100 * next.testAccuracy()),
          FRONT,
          false);
    }
    for (SearchResult result : results) {
      double x = x(latency, millis(result));
      double y = y(accuracy, 100 * result.testAccuracy());
      sheet.dot(x, y, front.contains(result) ? FRONT : BEHIND);
      sheet.text(
          x, y - 10, String.format(Locale.ROOT, "T %s", Place.label(result.target())), false);
    }
    SearchResult any = results.get(0);
    sheet.text(SIZE / 2.0, 26, any.space().name() + ", one supernet", false);
    sheet.text(
        SIZE / 2.0,
        SIZE - 18,
        (any.measured().isPresent() ? "measured" : "predicted") + " latency in ms",
        false);
    sheet.text(20, SIZE / 2.0, "accuracy on the test split in %", true);
  }

  private static double x(Axis axis, double value) {
    return MARGIN + axis.share(value) * (SIZE - 2 * MARGIN);
  }

  private static double y(Axis axis, double value) {
    return SIZE - x(axis, value);
  }
}
