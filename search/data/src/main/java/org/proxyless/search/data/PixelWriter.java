package org.proxyless.search.data;

import java.util.Arrays;
import org.proxyless.network.Normalization;
import org.proxyless.network.Shape;

/** Writes unsigned bytes [height, width, channels] as normalized floats, moved and flipped. */
final class PixelWriter {
  private static final int LEVELS = 256;

  private final Shape shape;
  private final float[][] levels;

  PixelWriter(Shape shape, Normalization normalization) {
    if (normalization.channels() != shape.channels()) {
      throw new IllegalArgumentException(
          "a normalization of " + normalization.channels() + " channels for images of " + shape);
    }
    this.shape = shape;
    this.levels = levels(normalization);
  }

  /** The value of every pixel level, computed as the exported graph does: [channel][0 … 255]. */
  private static float[][] levels(Normalization normalization) {
    float[] factors = normalization.factors();
    float[] offsets = normalization.offsets();
    float[][] levels = new float[factors.length][LEVELS];
    for (int channel = 0; channel < levels.length; channel++) {
      for (int level = 0; level < LEVELS; level++) {
        levels[channel][level] = level * factors[channel] + offsets[channel];
      }
    }
    return levels;
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
