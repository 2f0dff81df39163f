package org.proxyless.devices.lite.file;

/**
 * Weights as signed bytes and their bias as integers: q = round(w / scale), a scale for each output
 * channel, the largest weight of a channel being ±127.
 *
 * @param weights in the order of {@link LiteWeights}
 * @param bias in steps of the input's scale times the channel's
 * @param scales of the weights, by output channel
 */
public record QuantizedWeights(byte[] weights, int[] bias, float[] scales) {
  private static final int GREATEST = 127;

  /** Biases stay below this, so that sums with products fit into 32 bits. */
  private static final double GREATEST_BIAS = 1 << 30;

  private static final float LEAST_SCALE = 1e-12f;

  /**
   * Rounds weights and bias.
   *
   * @param inputScale of the feature map that the weights are multiplied with
   */
  public static QuantizedWeights of(LiteWeights weights, float[] bias, float inputScale) {
    float[] scales = scales(weights, bias, inputScale);
    float[] values = weights.values();
    byte[] rounded = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      int step = Math.round(values[i] / scales[weights.channel(i)]);
      rounded[i] = (byte) Math.max(-GREATEST, Math.min(GREATEST, step));
    }
    int[] roundedBias = new int[bias.length];
    for (int c = 0; c < bias.length; c++) {
      roundedBias[c] = (int) Math.round(bias[c] / ((double) inputScale * scales[c]));
    }
    return new QuantizedWeights(rounded, roundedBias, scales);
  }

  /** The scales of the biases, by channel. */
  public float[] biasScales(float inputScale) {
    float[] products = new float[scales.length];
    for (int c = 0; c < products.length; c++) {
      products[c] = inputScale * scales[c];
    }
    return products;
  }

  /** A channel without weights to speak of gets a scale that its bias can be said in. */
  private static float[] scales(LiteWeights weights, float[] bias, float inputScale) {
    float[] scales = new float[weights.channels()];
    for (int i = 0; i < weights.values().length; i++) {
      int c = weights.channel(i);
      scales[c] = Math.max(scales[c], Math.abs(weights.values()[i]) / GREATEST);
    }
    for (int c = 0; c < scales.length; c++) {
      float leastForBias = (float) (Math.abs(bias[c]) / (inputScale * GREATEST_BIAS));
      scales[c] = Math.max(Math.max(scales[c], LEAST_SCALE), leastForBias);
    }
    return scales;
  }
}
