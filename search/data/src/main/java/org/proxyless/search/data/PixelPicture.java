package org.proxyless.search.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.proxyless.base.AtomicFile;
import org.proxyless.network.Shape;

/** An image of a data set as a picture that people can look at. */
public final class PixelPicture {
  private PixelPicture() {}

  /**
   * Writes a PNG file. Images of one channel are grey; of others the first three are red, green and
   * blue, a missing one counting as the last there is.
   *
   * @param pixels unsigned bytes as [height, width, channels]
   */
  public static void write(byte[] pixels, Shape shape, Path file) {
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        picture.setRGB(x, y, color(pixels, (y * shape.width() + x) * shape.channels(), shape));
      }
    }
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", png);
      AtomicFile.write(file, png.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static int color(byte[] pixels, int first, Shape shape) {
    int color = 0;
    for (int c = 0; c < 3; c++) {
      int channel = Math.min(c, shape.channels() - 1);
      color = color << 8 | Byte.toUnsignedInt(pixels[first + channel]);
    }
    return color;
  }
}
