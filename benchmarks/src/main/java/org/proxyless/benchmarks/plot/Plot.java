package org.proxyless.benchmarks.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.proxyless.base.AtomicFile;

/**
 * A plot of points and lines over two axes, with its legend beside them, as PNG and as SVG.
 *
 * <p>The same data gives the same bytes on the same machine. It needs no display, but one font that
 * the Java runtime finds: letters are drawn as shapes, so who looks at an SVG needs none.
 */
public final class Plot {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 640;
  private static final int FONT_SIZE = 13;
  private static final int LABEL_ABOVE = 13;
  private static final int TICKS_APART_X = 80;
  private static final int TICKS_APART_Y = 60;
  private static final Set<Character> LABELLED = Set.of('1', '2', '5');
  private static final List<Color> COLORS =
      List.of(
          new Color(0x1f77b4),
          new Color(0xd95f02),
          new Color(0x2ca02c),
          new Color(0xd62728),
          new Color(0x9467bd),
          new Color(0x8c564b),
          new Color(0xe377c2),
          new Color(0x7f7f7f),
          new Color(0xbcbd22),
          new Color(0x17becf),
          new Color(0x000000),
          new Color(0x98df8a));

  private final XYChart chart;
  private final XYStyler style;
  private int colors;

  /**
   * An empty plot.
   *
   * @param title above it; empty for none
   */
  public Plot(String title, Axis x, Axis y) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x.title())
            .yAxisTitle(y.title())
            .build();
    style = chart.getStyler();
    style.setXAxisMin(x.low()).setXAxisMax(x.high()).setYAxisMin(y.low()).setYAxisMax(y.high());
    style.setXAxisTickMarkSpacingHint(TICKS_APART_X).setYAxisTickMarkSpacingHint(TICKS_APART_Y);
    style.setPlotContentSize(1).setDecimalPattern("0.########").setLocale(Locale.ROOT);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
    style.setAxisTitleFont(font).setAxisTickLabelsFont(font).setAnnotationTextFont(font);
    style.setChartTitleFont(font.deriveFont(Font.BOLD)).setLegendFont(font);
    style.setLegendPosition(LegendPosition.OutsideE).setLegendBorderColor(Color.WHITE);
    style.setChartBackgroundColor(Color.WHITE);
  }

  /** Makes the x axis, of positive values, logarithmic. */
  public Plot logarithmic() {
    style.setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(false);
    style.setXAxisTickLabelsFormattingFunction(Plot::powerLabel);
    return this;
  }

  /** Of 1, 2 and 5 times powers of ten: labels of all others would touch each other. */
  private static String powerLabel(double tick) {
    String label = String.format(Locale.ROOT, "%.0f", tick);
    return LABELLED.contains(label.charAt(0)) ? label : "";
  }

  /** Adds a dot for each point, in a colour of their own. */
  public Plot dots(String name, List<Point> points) {
    return series(name, points, XYSeriesRenderStyle.Scatter);
  }

  /** Adds a dot for each point and lines from each to the next, in a colour of their own. */
  public Plot joined(String name, List<Point> points) {
    return series(name, points, XYSeriesRenderStyle.Line);
  }

  private Plot series(String name, List<Point> points, XYSeriesRenderStyle rendering) {
    Color color = COLORS.get(colors++ % COLORS.size());
    if (!points.isEmpty()) {
      XYSeries series = add(name, points);
      series.setXYSeriesRenderStyle(rendering).setLineColor(color).setLineWidth(1.5f);
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
    }
    return this;
  }

  /**
   * Adds a thin grey line.
   *
   * @param name in the legend; empty for none
   */
  public Plot guide(String name, boolean dashed, Point from, Point to) {
    XYSeries series = add(name, List.of(from, to));
    series.setMarker(SeriesMarkers.NONE).setShowInLegend(!name.isEmpty());
    series.setLineColor(Color.GRAY).setLineWidth(1);
    series.setLineStyle(dashed ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
    return this;
  }

  private XYSeries add(String name, List<Point> points) {
    double[] xs = points.stream().mapToDouble(Point::x).toArray();
    double[] ys = points.stream().mapToDouble(Point::y).toArray();
    XYSeries series = chart.addSeries("series " + chart.getSeriesCollection().size(), xs, ys);
    series.setLabel(name);
    return series;
  }

  /** Writes a text above a point. */
  public Plot label(Point point, String text) {
    chart.addAnnotation(
        new AnnotationText(text, point.x(), point.y(), false) {
          @Override
          public void paint(Graphics2D graphics) {
            graphics.translate(0, -LABEL_ABOVE);
            super.paint(graphics);
            graphics.translate(0, LABEL_ABOVE);
          }
        });
    return this;
  }

  /**
   * Writes the plot.
   *
   * @param file as SVG where it is called so, else as PNG
   */
  public void write(Path file) {
    boolean svg = file.getFileName().toString().endsWith(".svg");
    AtomicFile.write(file, svg ? Picture.svg(chart) : Picture.png(chart));
  }

  /**
   * Writes the plot as PNG, and as SVG beside it.
   *
   * @param png the picture's file; {@code .svg} takes the place of {@code .png} for the other
   */
  public void writeBoth(Path png) {
    String name = png.getFileName().toString();
    String stem = name.endsWith(".png") ? name.substring(0, name.length() - 4) : name;
    write(png.resolveSibling(stem + ".svg"));
    write(png);
  }
}
