package org.proxyless.search.tabular;

import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.proxyless.benchmarks.Axis;
import org.proxyless.benchmarks.Sheet;
import org.proxyless.latency.AtomicFile;
import org.proxyless.search.tabular.TabularResult.Point;

/** Mean regret over evaluations, the latter on a logarithmic axis: a line for each strategy. */
public final class RegretPlot {
  private static final int SIZE = 640;
  private static final int MARGIN = 70;
  private static final int LEGEND_ROW = 20;

  /** The first points, of a handful of networks, would flatten all that matters. */
  private static final int FIRST_SHOWN = 10;

  private static final int[] COLORS = {
    0x1f77b4, 0xd95f02, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f
  };

  private final List<TabularResult> results;

  /** Of the decimal logarithm of the evaluations. */
  private final Axis evaluations;

  private final Axis regret;

  /**
   * @param results one or more, with the same numbers of evaluations
   */
  public RegretPlot(List<TabularResult> results) {
    this.results = List.copyOf(results);
    List<Point> points = results.get(0).points();
    double last = points.get(points.size() - 1).evaluations();
    evaluations = new Axis(Math.log10(Math.min(FIRST_SHOWN, last / 2)), Math.log10(last));
    double greatest =
        results.stream().flatMap(this::shown).mapToDouble(Point::meanRegret).max().orElseThrow();
    regret = new Axis(0, greatest > 0 ? greatest * 1.05 : 1);
  }

  private Stream<Point> shown(TabularResult result) {
    return result.points().stream()
        .filter(point -> Math.log10(point.evaluations()) >= evaluations.low());
  }

  /**
   * Writes the picture.
   *
   * @param file as SVG where it is called so, else as PNG
   */
  public void write(Path file) {
    boolean svg = file.getFileName().toString().endsWith(".svg");
    byte[] picture =
        svg
            ? Sheet.svg(SIZE, this::draw).getBytes(StandardCharsets.UTF_8)
            : Sheet.png(SIZE, this::draw);
    AtomicFile.write(file, picture);
  }

  private void draw(Sheet sheet) {
    axes(sheet);
    for (int n = 0; n < results.size(); n++) {
      Color color = new Color(COLORS[n % COLORS.length]);
      List<Point> points = shown(results.get(n)).toList();
      for (int i = 0; i < points.size(); i++) {
        sheet.dot(x(points.get(i).evaluations()), y(points.get(i).meanRegret()), color);
        if (i > 0) {
          sheet.line(
              x(points.get(i - 1).evaluations()),
              y(points.get(i - 1).meanRegret()),
              x(points.get(i).evaluations()),
              y(points.get(i).meanRegret()),
              color,
              false);
        }
      }
      double row = MARGIN + LEGEND_ROW * n;
      sheet.dot(SIZE - MARGIN - 95, row, color);
      sheet.text(SIZE - MARGIN - 45, row + 4, results.get(n).strategy(), false);
    }
  }

  private void axes(Sheet sheet) {
    double left = MARGIN;
    double right = SIZE - MARGIN;
    for (double tick : regret.ticks()) {
      sheet.line(left, y(tick), right, y(tick), Color.LIGHT_GRAY, false);
      sheet.text(left - 22, y(tick) + 4, regret.label(tick), false);
    }
    double last = Math.pow(10, evaluations.high());
    for (double power = 1; power <= last; power *= 10) {
      for (double tick : new double[] {power, 2 * power, 5 * power}) {
        if (Math.log10(tick) >= evaluations.low() && tick <= last) {
          sheet.line(x(tick), left, x(tick), right, Color.LIGHT_GRAY, false);
          sheet.text(x(tick), right + 18, String.format(Locale.ROOT, "%.0f", tick), false);
        }
      }
    }
    sheet.line(left, right, right, right, Color.BLACK, false);
    sheet.line(left, left, left, right, Color.BLACK, false);
    sheet.text(SIZE / 2.0, SIZE - 18, "networks evaluated", false);
    sheet.text(20, SIZE / 2.0, "mean regret", true);
  }

  private double x(double networks) {
    return MARGIN + evaluations.share(Math.log10(networks)) * (SIZE - 2 * MARGIN);
  }

  private double y(double missed) {
    return SIZE - MARGIN - regret.share(missed) * (SIZE - 2 * MARGIN);
  }
}
