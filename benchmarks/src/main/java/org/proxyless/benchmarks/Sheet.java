package org.proxyless.benchmarks;

import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.proxyless.latency.AtomicFile;

/** What a plot is drawn on: a square of pixels, counted from the upper left. */
public interface Sheet {
  /** A line, one pixel wide. */
  void line(double x1, double y1, double x2, double y2, Color color, boolean dashed);

  /** A dot. */
  void dot(double x, double y, Color color);

  /** Centred on x, its foot on y. */
  void text(double x, double y, String text, boolean upwards);

  /**
   * Writes a drawing as a picture, and the same as SVG beside it.
   *
   * @param png the picture's file; {@code .svg} takes the place of {@code .png} for the other
   * @param size of each side, in pixels
   */
  static void write(Path png, int size, Consumer<Sheet> drawing) {
    String name = png.getFileName().toString();
    String stem = name.endsWith(".png") ? name.substring(0, name.length() - 4) : name;
    byte[] svg = svg(size, drawing).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(png.resolveSibling(stem + ".svg"), svg);
    AtomicFile.write(png, png(size, drawing));
  }

  /** A drawing as SVG. */
  static String svg(int size, Consumer<Sheet> drawing) {
    SvgSheet sheet = new SvgSheet(size);
    drawing.accept(sheet);
    return sheet.whole();
  }

  /** A drawing as PNG. */
  static byte[] png(int size, Consumer<Sheet> drawing) {
    return PixelSheet.draw(size, drawing);
  }
}
