package org.proxyless.network;

import java.util.Collections;
import java.util.List;

/**
 * How pixels become the numbers a network is trained on: (pixel / 255 − mean) / deviation, channel
 * by channel. It is part of the exported graph, so that who serves a network feeds plain bytes.
 *
 * @param mean of each channel, on the scale from 0 to 1
 * @param deviation standard deviation of each channel on that scale, above 0
 */
public record Normalization(List<Float> mean, List<Float> deviation) {
  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.isEmpty() || mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "means " + mean + " and deviations " + deviation + " must be one for each channel");
    }
    for (float value : deviation) {
      if (!(value > 0)) {
        throw new IllegalArgumentException("deviations " + deviation + " must be above 0");
      }
    }
  }

  /** Maps bytes to −1 … 1 in each channel. */
  public static Normalization symmetric(int channels) {
    return new Normalization(
        Collections.nCopies(channels, 0.5f), Collections.nCopies(channels, 0.5f));
  }

  /** The number of channels of an image. */
  public int channels() {
    return mean.size();
  }

  /** What a pixel is multiplied with, by channel. */
  public float[] factors() {
    float[] factors = new float[channels()];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = 1 / (255 * deviation.get(c));
    }
    return factors;
  }

  /** What is added to the product, by channel. */
  public float[] offsets() {
    float[] offsets = new float[channels()];
    for (int c = 0; c < offsets.length; c++) {
      offsets[c] = -mean.get(c) / deviation.get(c);
    }
    return offsets;
  }
}
