package org.proxyless.benchmarks;

import java.awt.Color;
import java.util.Locale;

/** Draws as text. */
final class SvgSheet implements Sheet {
  static final int FONT_SIZE = 13;

  private final StringBuilder svg = new StringBuilder();

  SvgSheet(int size) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\""
            + " font-family=\"sans-serif\" font-size=\"%2$d\">",
        size, FONT_SIZE);
    add("<rect width=\"%1$d\" height=\"%1$d\" fill=\"white\"/>", size);
  }

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
