package org.proxyless.search.data;

import java.util.Arrays;
import org.proxyless.latency.Shape;

/** Writes unsigned bytes [height, width, channels] as normalised floats, moved and flipped. */
final class PixelWriter {
  private final Shape shape;
  private final float[][] levels;

  PixelWriter(Shape shape, Normalisation normalisation) {
    if (normalisation.mean().size() != shape.channels()) {
      throw new IllegalArgumentException(
          "a normalisation of " + normalisation.mean().size() + " channels for images of " + shape);
    }
    this.shape = shape;
    this.levels = normalisation.levels();
  }

  /**
   * Writes one image: pixel (y, x) becomes that of the image at (y + down, x + right), 0 outside.
   *
   * @param at where in {@code images} it begins
   * @param flip whether left and right are swapped, after the move
   */
  void write(byte[] pixels, float[] images, int at, int down, int right, boolean flip) {
    int width = shape.width();
    int channels = shape.channels();
    Arrays.fill(images, at, at + (int) shape.elements(), 0);
    int firstRow = Math.max(0, -down);
    int endRow = Math.min(shape.height(), shape.height() - down);
    int firstColumn = Math.max(0, -right);
    int endColumn = Math.min(width, width - right);
    for (int y = firstRow; y < endRow; y++) {
      int from = ((y + down) * width + firstColumn + right) * channels;
      for (int x = firstColumn; x < endColumn; x++) {
        int to = at + (y * width + (flip ? width - 1 - x : x)) * channels;
        for (int channel = 0; channel < channels; channel++) {
          images[to + channel] = levels[channel][Byte.toUnsignedInt(pixels[from++])];
        }
      }
    }
  }
}
