package org.proxyless.search.job.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.proxyless.base.CsvFile;
import org.proxyless.base.JsonReport;
import org.proxyless.benchmarks.plot.Axis;
import org.proxyless.benchmarks.plot.Plot;
import org.proxyless.benchmarks.plot.Point;
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
  public Map<String, Object> figures() {
    return Map.of("targets", results.stream().map(SearchResult::figures).toList());
  }

  /** Writes the figures of every network. */
  public void writeJson(Path file) {
    JsonReport report = new JsonReport();
    figures().forEach(report::put);
    report.write(file);
  }

  /** Writes the table and the plot, as pixels and as SVG, into a run directory. */
  public void write(RunDirectory run) {
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
    plot().writeBoth(run.file(PNG));
  }

  private Plot plot() {
    SearchResult any = results.get(0);
    String latency = (any.measured().isPresent() ? "measured" : "predicted") + " latency in ms";
    List<Point> all = points(results);
    List<SearchResult> front = front();
    Plot plot =
        new Plot(
                any.space().name() + ", one supernet",
                Axis.around(latency, all.stream().mapToDouble(Point::x)),
                Axis.around("accuracy on the test split in %", all.stream().mapToDouble(Point::y)))
            .joined("front", points(front))
            .dots("behind", points(results.stream().filter(r -> !front.contains(r)).toList()));
    for (SearchResult result : results) {
      plot.label(point(result), "T " + Place.label(result.target()));
    }
    return plot;
  }

  private static List<Point> points(List<SearchResult> some) {
    return some.stream().map(ParetoFront::point).toList();
  }

  private static Point point(SearchResult result) {
    return new Point(millis(result), 100 * result.testAccuracy());
  }
}
