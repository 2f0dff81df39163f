package org.proxyless.search.data;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.network.Normalization;
import org.proxyless.search.data.source.EvenSample;

/** Mean and standard deviation of a split's pixels. */
final class PixelStatistics {
  /** So many bytes of images are looked at: enough for three digits, quick to decode. */
  private static final long SAMPLE_BYTES = 16L << 20;

  private static final double FULL_LEVEL = 255;

  private PixelStatistics() {}

  /**
   * The normalization that gives every channel mean 0 and deviation 1, from an even sample where
   * the split is large. A channel that never changes keeps its scale and becomes 0.
   */
  static Normalization of(Split split) {
    int channels = split.shape().channels();
    byte[] pixels = new byte[(int) split.shape().elements()];
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    int count = (int) Math.max(1, Math.min(split.size(), SAMPLE_BYTES / pixels.length));
    EvenSample.of(split.size(), count)
        .forEach(
            position -> {
              split.read(position, pixels);
              for (int i = 0; i < pixels.length; i++) {
                int pixel = Byte.toUnsignedInt(pixels[i]);
                sums[i % channels] += pixel;
                squares[i % channels] += pixel * pixel;
              }
            });
    double samples = (double) count * split.shape().pixels();
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      double mean = sums[channel] / samples;
      double variance = Math.max(0, squares[channel] / samples - mean * mean);
      means.add((float) (mean / FULL_LEVEL));
      deviations.add(variance > 0 ? (float) (Math.sqrt(variance) / FULL_LEVEL) : 1);
    }
    return new Normalization(means, deviations);
  }
}
