package org.proxyless.benchmarks;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Measured over predicted latencies: a dot for each network, the diagonal where both are equal, and
 * the lines where they differ by 10 %.
 */
public final class VerificationPlot {
  private static final int SIZE = 640;
  private static final int MARGIN = 70;
  private static final double BAND = 0.1;
  private static final Color UNIFORM = new Color(0x1f77b4);
  private static final Color SPREAD = new Color(0xd95f02);

  private final VerificationResult.Figures figures;
  private final String title;
  private final Axis axis;

  private VerificationPlot(VerificationResult.Figures figures, String title) {
    this.figures = figures;
    this.title = title;
    this.axis =
        Axis.of(
            figures.all().stream()
                .flatMapToDouble(p -> DoubleStream.of(p.predictedMillis(), p.measuredMillis())));
  }

  /** A plot of these predictions. */
  public static VerificationPlot of(VerificationResult.Figures figures, String title) {
    return new VerificationPlot(figures, title);
  }

  /**
   * Writes a picture, and the same as text beside it.
   *
   * @param png the picture's file; {@code .svg} takes the place of {@code .png} for the other
   */
  public void write(Path png) {
    Sheet.write(png, SIZE, this::draw);
  }

  /** The plot as SVG. */
  String svg() {
    return Sheet.svg(SIZE, this::draw);
  }

  /** The plot as PNG. */
  byte[] png() {
    return Sheet.png(SIZE, this::draw);
  }

  private void draw(Sheet sheet) {
    double low = axis.low();
    double high = axis.high();
    for (double tick : axis.ticks()) {
      String label = axis.label(tick);
      sheet.line(x(tick), y(low), x(tick), y(high), Color.LIGHT_GRAY, false);
      sheet.line(x(low), y(tick), x(high), y(tick), Color.LIGHT_GRAY, false);
      sheet.text(x(tick), y(low) + 18, label, false);
      sheet.text(x(low) - 22, y(tick) + 4, label, false);
    }
    sheet.line(x(low), y(low), x(high), y(low), Color.BLACK, false);
    sheet.line(x(low), y(low), x(low), y(high), Color.BLACK, false);
    ray(sheet, 1, false);
    ray(sheet, 1 + BAND, true);
    ray(sheet, 1 - BAND, true);
    dots(sheet, figures.spread(), SPREAD);
    dots(sheet, figures.uniform(), UNIFORM);
    sheet.text(SIZE / 2.0, 26, title, false);
    sheet.text(SIZE / 2.0, SIZE - 18, "predicted latency in ms", false);
    sheet.text(20, SIZE / 2.0, "measured latency in ms", true);
    legend(sheet, 0, UNIFORM, "uniform");
    legend(sheet, 1, SPREAD, "spread");
    sheet.line(MARGIN + 10, MARGIN + 56, MARGIN + 32, MARGIN + 56, Color.GRAY, true);
    sheet.text(MARGIN + 64, MARGIN + 60, "± 10 %", false);
  }

  private void legend(Sheet sheet, int row, Color color, String text) {
    sheet.dot(MARGIN + 21, MARGIN + 16 + 20 * row, color);
    sheet.text(MARGIN + 64, MARGIN + 20 + 20 * row, text, false);
  }

  private void dots(Sheet sheet, List<Prediction> predictions, Color color) {
    predictions.forEach(p -> sheet.dot(x(p.predictedMillis()), y(p.measuredMillis()), color));
  }

  /** The line measured = factor · predicted, as far as it is in the frame. */
  private void ray(Sheet sheet, double factor, boolean dashed) {
    double from = Math.max(axis.low(), axis.low() / factor);
    double to = Math.min(axis.high(), axis.high() / factor);
    sheet.line(x(from), y(from * factor), x(to), y(to * factor), Color.GRAY, dashed);
  }

  private double x(double millis) {
    return MARGIN + axis.share(millis) * (SIZE - 2 * MARGIN);
  }

  private double y(double millis) {
    return SIZE - x(millis);
  }
}
