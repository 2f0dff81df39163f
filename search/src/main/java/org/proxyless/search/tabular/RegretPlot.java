package org.proxyless.search.tabular;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
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
import org.proxyless.search.tabular.TabularResult.Point;

/** Mean regret over evaluations, the latter on a logarithmic axis: a line for each strategy. */
public final class RegretPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 480;
  private static final int MARGIN = 70;
  private static final int FONT_SIZE = 13;
  private static final int TICKS = 6;
  private static final int LEGEND_ROW = 20;

  /** The first points, of a handful of networks, would flatten all that matters. */
  private static final int FIRST_SHOWN = 10;

  private static final int[] COLORS = {
    0x1f77b4, 0xd95f02, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f
  };

  private final List<TabularResult> results;
  private final double first;
  private final double last;
  private final double most;

  /**
   * @param results one or more, with the same numbers of evaluations
   */
  public RegretPlot(List<TabularResult> results) {
    this.results = List.copyOf(results);
    List<Point> points = results.get(0).points();
    last = points.get(points.size() - 1).evaluations();
    first = Math.min(FIRST_SHOWN, last / 2);
    double greatest =
        results.stream()
            .flatMap(result -> result.points().stream())
            .filter(point -> point.evaluations() >= first)
            .mapToDouble(Point::meanRegret)
            .max()
            .orElseThrow();
    most = greatest > 0 ? greatest * 1.05 : 1;
  }

  /** What can be drawn on; pixels from the upper left. */
  private interface Sheet {
    void line(double x1, double y1, double x2, double y2, Color color, int width);

    /** Centred on x, its foot on y. */
    void text(double x, double y, String text, boolean upwards);
  }

  /**
   * Writes the picture.
   *
   * @param file as SVG where it is called so, else as PNG
   */
  public void write(Path file) {
    boolean svg = file.getFileName().toString().endsWith(".svg");
    AtomicFile.write(file, svg ? svg().getBytes(StandardCharsets.UTF_8) : png());
  }

  /** The plot as SVG. */
  String svg() {
    SvgSheet sheet = new SvgSheet();
    draw(sheet);
    return sheet.svg + "</svg>\n";
  }

  /** The plot as PNG. */
  byte[] png() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
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
    axes(sheet);
    for (int n = 0; n < results.size(); n++) {
      Color color = new Color(COLORS[n % COLORS.length]);
      List<Point> points =
          results.get(n).points().stream().filter(point -> point.evaluations() >= first).toList();
      for (int i = 1; i < points.size(); i++) {
        Point from = points.get(i - 1);
        Point to = points.get(i);
        sheet.line(
            x(from.evaluations()),
            y(from.meanRegret()),
            x(to.evaluations()),
            y(to.meanRegret()),
            color,
            2);
      }
      double row = MARGIN + LEGEND_ROW * n;
      sheet.line(WIDTH - MARGIN - 120, row, WIDTH - MARGIN - 95, row, color, 2);
      sheet.text(WIDTH - MARGIN - 45, row + 4, results.get(n).strategy(), false);
    }
  }

  private void axes(Sheet sheet) {
    double step = tickStep();
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    for (double tick = 0; tick <= most; tick += step) {
      sheet.line(x(first), y(tick), x(last), y(tick), Color.LIGHT_GRAY, 1);
      String label = String.format(Locale.ROOT, "%." + decimals + "f", tick);
      sheet.text(x(first) - 22, y(tick) + 4, label, false);
    }
    for (double power = 1; power <= last; power *= 10) {
      for (double tick : new double[] {power, 2 * power, 5 * power}) {
        if (tick >= first && tick <= last) {
          sheet.line(x(tick), y(0), x(tick), y(most), Color.LIGHT_GRAY, 1);
          sheet.text(x(tick), y(0) + 18, String.format(Locale.ROOT, "%.0f", tick), false);
        }
      }
    }
    sheet.line(x(first), y(0), x(last), y(0), Color.BLACK, 1);
    sheet.line(x(first), y(0), x(first), y(most), Color.BLACK, 1);
    sheet.text(WIDTH / 2.0, HEIGHT - 18, "networks evaluated", false);
    sheet.text(20, HEIGHT / 2.0, "mean regret", true);
  }

  /** 1, 2 or 5 times a power of ten. */
  private double tickStep() {
    double rough = most / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double share = rough / power;
    return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
  }

  private double x(double evaluations) {
    return MARGIN + Math.log(evaluations / first) / Math.log(last / first) * (WIDTH - 2 * MARGIN);
  }

  private double y(double regret) {
    return HEIGHT - MARGIN - regret / most * (HEIGHT - 2 * MARGIN);
  }

  private static final class SvgSheet implements Sheet {
    private final StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\""
                    + " font-family=\"sans-serif\" font-size=\"%3$d\">%n"
                    + "<rect width=\"%1$d\" height=\"%2$d\" fill=\"white\"/>%n",
                WIDTH,
                HEIGHT,
                FONT_SIZE));

    @Override
    public void line(double x1, double y1, double x2, double y2, Color color, int width) {
      add(
          "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#%06x\""
              + " stroke-width=\"%d\"/>",
          x1, y1, x2, y2, color.getRGB() & 0xffffff, width);
    }

    @Override
    public void text(double x, double y, String text, boolean upwards) {
      String turn =
          upwards ? String.format(Locale.ROOT, " transform=\"rotate(-90 %.1f %.1f)\"", x, y) : "";
      add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\"%s>%s</text>", x, y, turn, text);
    }

    private void add(String format, Object... values) {
      svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
  }

  private record PixelSheet(Graphics2D graphics) implements Sheet {
    PixelSheet {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, WIDTH, HEIGHT);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Color color, int width) {
      graphics.setColor(color);
      graphics.setStroke(new BasicStroke(width));
      graphics.draw(new Line2D.Double(x1, y1, x2, y2));
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
