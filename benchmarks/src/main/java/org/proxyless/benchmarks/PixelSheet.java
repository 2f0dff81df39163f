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
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** Draws pixels. */
final class PixelSheet implements Sheet {
  private static final float[] DASHES = {5, 4};
  private final Graphics2D graphics;

  private PixelSheet(Graphics2D graphics, int size) {
    this.graphics = graphics;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, SvgSheet.FONT_SIZE));
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, size, size);
  }

  /** A drawing as PNG. */
  static byte[] draw(int size, Consumer<Sheet> drawing) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      drawing.accept(new PixelSheet(graphics, size));
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
