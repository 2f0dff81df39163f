package org.proxyless.search.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps an unsigned byte to (pixel / 255 − mean) / standard deviation, channel by channel.
 *
 * @param mean by channel, in units of the full range: 0 to 1
 * @param std standard deviation by channel, in the same unit, above 0
 */
public record Normalisation(List<Double> mean, List<Double> std) {
  /** So many bytes of training images are looked at: enough for three digits, quick to decode. */
  private static final long SAMPLE_BYTES = 16L << 20;

  private static final int LEVELS = 256;

  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.isEmpty() || mean.size() != std.size()) {
      throw new IllegalArgumentException(
          "one mean and one standard deviation a channel, not " + mean + " and " + std);
    }
    if (!std.stream().allMatch(value -> value > 0)) {
      throw new IllegalArgumentException("standard deviations must be above 0: " + std);
    }
  }

  /**
   * The statistics of a split, of an even sample where it is large. A channel that never changes
   * gets the standard deviation 1: it becomes 0.
   */
  public static Normalisation of(Split split) {
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
    List<Double> mean = new ArrayList<>();
    List<Double> std = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      double average = sums[channel] / samples;
      double variance = Math.max(0, squares[channel] / samples - average * average);
      mean.add(average / 255);
      std.add(variance > 0 ? Math.sqrt(variance) / 255 : 1);
    }
    return new Normalisation(mean, std);
  }

  /** The value of every pixel level: [channel][0 … 255]. */
  float[][] levels() {
    float[][] levels = new float[mean.size()][LEVELS];
    for (int channel = 0; channel < levels.length; channel++) {
      for (int level = 0; level < LEVELS; level++) {
        levels[channel][level] = (float) ((level / 255.0 - mean.get(channel)) / std.get(channel));
      }
    }
    return levels;
  }
}
