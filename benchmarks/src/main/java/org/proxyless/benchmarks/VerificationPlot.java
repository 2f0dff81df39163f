package org.proxyless.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.proxyless.latency.AtomicFile;

/**
 * Measured over predicted latencies: a dot for each network, the diagonal where both are equal, and
 * the lines where they differ by 10 %.
 */
public final class VerificationPlot {
  private static final int SIZE = 640;
  private static final int MARGIN = 70;
  private static final int FONT_SIZE = 13;
  private static final int TICKS = 6;
  private static final double BAND = 0.1;
  private static final Color UNIFORM = new Color(0x1f77b4);
  private static final Color SPREAD = new Color(0xd95f02);

  private final VerificationResult.Figures figures;
  private final String title;
  private final double low;
  private final double high;

  private VerificationPlot(VerificationResult.Figures figures, String title) {
    this.figures = figures;
    this.title = title;
    double least =
        figures.all().stream()
            .mapToDouble(p -> Math.min(p.predictedMillis(), p.measuredMillis()))
            .min()
            .orElseThrow();
    double most =
        figures.all().stream()
            .mapToDouble(p -> Math.max(p.predictedMillis(), p.measuredMillis()))
            .max()
            .orElseThrow();
    double room = (most - least) / 20;
    this.low = least - room;
    this.high = most + room;
  }

  /** A plot of these predictions. */
  public static VerificationPlot of(VerificationResult.Figures figures, String title) {
    return new VerificationPlot(figures, title);
  }

  /** What can be drawn on; pixels from the upper left. */
  private interface Sheet {
    void line(double x1, double y1, double x2, double y2, Color color, boolean dashed);

    void dot(double x, double y, Color color);

    /** Centred on x, its foot on y. */
    void text(double x, double y, String text, boolean upwards);
  }

  /**
   * Writes a picture, and the same as text beside it.
   *
   * @param png the picture's file; {@code .svg} takes the place of {@code .png} for the other
   */
  public void write(Path png) {
    String name = png.getFileName().toString();
    String stem = name.endsWith(".png") ? name.substring(0, name.length() - 4) : name;
    AtomicFile.write(png.resolveSibling(stem + ".svg"), svg().getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(png, png());
  }

  /** The plot as SVG. */
  String svg() {
    SvgSheet sheet = new SvgSheet();
    draw(sheet);
    return sheet.whole();
  }

  /** The plot as PNG. */
  byte[] png() {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      draw(new PixelSheet(graphics));
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode the plot", e);
    }
    return bytes.toByteArray();
  }

  private void draw(Sheet sheet) {
    double step = tickStep();
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
      String label = String.format(Locale.ROOT, "%." + decimals + "f", tick);
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
    double from = Math.max(low, low / factor);
    double to = Math.min(high, high / factor);
    sheet.line(x(from), y(from * factor), x(to), y(to * factor), Color.GRAY, dashed);
  }

  /** 1, 2 or 5 times a power of ten. */
  private double tickStep() {
    double rough = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double share = rough / power;
    return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
  }

  private double x(double millis) {
    return MARGIN + (millis - low) / (high - low) * (SIZE - 2 * MARGIN);
  }

  private double y(double millis) {
    return SIZE - x(millis);
  }

  private static final class SvgSheet implements Sheet {
    private final StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\""
                    + " font-family=\"sans-serif\" font-size=\"%2$d\">%n"
                    + "<rect width=\"%1$d\" height=\"%1$d\" fill=\"white\"/>%n",
                SIZE,
                FONT_SIZE));

    @Override
    public void line(double x1, double y1, double x2, double y2, Color color, boolean dashed) {
      add(
          "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>",
          x1, y1, x2, y2, hex(color), dashed ? " stroke-dasharray=\"5 4\"" : "");
    }

    @Override
    public void dot(double x, double y, Color color) {
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, y, hex(color));
    }

    @Override
    public void text(double x, double y, String text, boolean upwards) {
      String turn =
          upwards ? String.format(Locale.ROOT, " transform=\"rotate(-90 %.1f %.1f)\"", x, y) : "";
      String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
      add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\"%s>%s</text>", x, y, turn, escaped);
    }

    private void add(String format, Object... values) {
      svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String hex(Color color) {
      return String.format("#%06x", color.getRGB() & 0xffffff);
    }

    String whole() {
      return svg + "</svg>\n";
    }
  }

  private static final class PixelSheet implements Sheet {
    private static final float[] DASHES = {5, 4};
    private final Graphics2D graphics;

    PixelSheet(Graphics2D graphics) {
      this.graphics = graphics;
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, SIZE, SIZE);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Color color, boolean dashed) {
      graphics.setColor(color);
      graphics.setStroke(
          dashed
              ? new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, DASHES, 0)
              : new BasicStroke(1));
      graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void dot(double x, double y, Color color) {
      graphics.setColor(color);
      graphics.fill(new Ellipse2D.Double(x - 3.5, y - 3.5, 7, 7));
    }

    @Override
    public void text(double x, double y, String text, boolean upwards) {
      graphics.setColor(Color.BLACK);
      Graphics2D turned = (Graphics2D) graphics.create();
      turned.translate(x, y);
      turned.rotate(upwards ? -Math.PI / 2 : 0);
      turned.drawString(text, -turned.getFontMetrics().stringWidth(text) / 2f, 0);
      turned.dispose();
    }
  }
}
