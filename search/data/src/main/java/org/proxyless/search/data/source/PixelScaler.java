package org.proxyless.search.data.source;

import java.util.Arrays;
import org.proxyless.network.Shape;

/**
 * Brings images of one shape into another: the largest centred part of the wanted aspect ratio,
 * resampled bilinearly (a triangle filter, widened when shrinking so that every pixel counts), in
 * colour or grey as wanted.
 */
public final class PixelScaler {
  private final Shape from;
  private final Shape to;
  private final Axis rows;
  private final Axis columns;

  public PixelScaler(Shape from, Shape to) {
    this.from = from;
    this.to = to;
    double shrink =
        Math.min((double) from.height() / to.height(), (double) from.width() / to.width());
    this.rows = Axis.of(from.height(), to.height(), shrink);
    this.columns = Axis.of(from.width(), to.width(), shrink);
  }

  /** Scales unsigned bytes [height, width, channels] of the one shape into the other. */
  public void scale(byte[] pixels, byte[] scaled) {
    if (from.equals(to)) {
      System.arraycopy(pixels, 0, scaled, 0, (int) to.elements());
      return;
    }
    byte[] coloured = inChannels(pixels);
    if (from.height() == to.height() && from.width() == to.width()) {
      System.arraycopy(coloured, 0, scaled, 0, (int) to.elements());
      return;
    }
    resample(coloured, scaled);
  }

  /** The pixels with the wanted number of channels, still of the old size. */
  private byte[] inChannels(byte[] pixels) {
    if (from.channels() == to.channels()) {
      return pixels;
    }
    int count = (int) from.pixels();
    byte[] converted = new byte[count * to.channels()];
    for (int i = 0; i < count; i++) {
      if (to.channels() == 1) {
        converted[i] = luma(pixels, i * from.channels());
      } else {
        for (int channel = 0; channel < to.channels(); channel++) {
          converted[i * to.channels() + channel] = pixels[i];
        }
      }
    }
    return converted;
  }

  /** The brightness of a pixel in the weights of ITU-R BT.601, rounded. */
  private static byte luma(byte[] rgb, int at) {
    int red = Byte.toUnsignedInt(rgb[at]);
    int green = Byte.toUnsignedInt(rgb[at + 1]);
    int blue = Byte.toUnsignedInt(rgb[at + 2]);
    return (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
  }

  private void resample(byte[] pixels, byte[] scaled) {
    int line = to.width() * to.channels();
    int firstRow = rows.first();
    float[] narrowed = new float[(rows.last() - firstRow + 1) * line];
    for (int y = firstRow; y <= rows.last(); y++) {
      int row = y * from.width() * to.channels();
      if (to.channels() == 3) {
        narrowColours(pixels, row, narrowed, (y - firstRow) * line);
      } else {
        narrowGrey(pixels, row, narrowed, (y - firstRow) * line);
      }
    }
    float[] sums = new float[line];
    for (int y = 0; y < to.height(); y++) {
      Arrays.fill(sums, 0);
      int at = (rows.start[y] - firstRow) * line;
      for (float weight : rows.weights[y]) {
        for (int i = 0; i < line; i++) {
          sums[i] += weight * narrowed[at + i];
        }
        at += line;
      }
      for (int i = 0; i < line; i++) {
        scaled[y * line + i] = (byte) Math.min(255, Math.round(sums[i]));
      }
    }
  }

  private void narrowGrey(byte[] pixels, int row, float[] narrowed, int target) {
    for (int x = 0; x < to.width(); x++) {
      int at = row + columns.start[x];
      float sum = 0;
      for (float weight : columns.weights[x]) {
        sum += weight * Byte.toUnsignedInt(pixels[at++]);
      }
      narrowed[target++] = sum;
    }
  }

  private void narrowColours(byte[] pixels, int row, float[] narrowed, int target) {
    for (int x = 0; x < to.width(); x++) {
      int at = row + 3 * columns.start[x];
      float red = 0;
      float green = 0;
      float blue = 0;
      for (float weight : columns.weights[x]) {
        red += weight * Byte.toUnsignedInt(pixels[at++]);
        green += weight * Byte.toUnsignedInt(pixels[at++]);
        blue += weight * Byte.toUnsignedInt(pixels[at++]);
      }
      narrowed[target++] = red;
      narrowed[target++] = green;
      narrowed[target++] = blue;
    }
  }

  /** Along one axis: where each new pixel begins to look, and the weights of what it sees. */
  private record Axis(int[] start, float[][] weights) {
    static Axis of(int from, int to, double shrink) {
      int[] start = new int[to];
      float[][] weights = new float[to][];
      double cropped = (from - to * shrink) / 2;
      double reach = Math.max(1, shrink);
      for (int i = 0; i < to; i++) {
        double centre = cropped + (i + 0.5) * shrink;
        int low = Math.max(0, (int) Math.floor(centre - reach));
        int high = Math.min(from - 1, (int) Math.ceil(centre + reach) - 1);
        start[i] = low;
        weights[i] = triangle(low, high, centre, reach);
      }
      return new Axis(start, weights);
    }

    private static float[] triangle(int low, int high, double centre, double reach) {
      double[] raw = new double[high - low + 1];
      double sum = 0;
      for (int i = 0; i < raw.length; i++) {
        raw[i] = Math.max(0, 1 - Math.abs(low + i + 0.5 - centre) / reach);
        sum += raw[i];
      }
      float[] weights = new float[raw.length];
      for (int i = 0; i < raw.length; i++) {
        weights[i] = (float) (raw[i] / sum);
      }
      return weights;
    }

    int first() {
      return start[0];
    }

    int last() {
      int end = start.length - 1;
      return start[end] + weights[end].length - 1;
    }
  }
}
