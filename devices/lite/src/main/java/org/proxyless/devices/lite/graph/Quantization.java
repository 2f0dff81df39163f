package org.proxyless.devices.lite.graph;

import org.tensorflow.lite.schema.QuantizationParametersT;

/**
 * How a feature map stands as signed bytes q: value = scale · (q − zero point), so that 0 is exact
 * (Jacob et al., Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
 * Inference, 2018, equation 1).
 *
 * @param scale of one step, above 0
 * @param zeroPoint the byte that stands for 0
 */
public record Quantization(float scale, int zeroPoint) {
  private static final int LEAST = Byte.MIN_VALUE;
  private static final int GREATEST = Byte.MAX_VALUE;
  private static final int STEPS = GREATEST - LEAST;

  /** Of a feature map that is 0 throughout. */
  private static final Quantization OF_ZEROS = new Quantization(1, 0);

  /** For values in a range, which is widened to hold 0. */
  public static Quantization ofRange(float least, float greatest) {
    float from = Math.min(0, least);
    float to = Math.max(0, greatest);
    float scale = (to - from) / STEPS;
    if (!(scale >= Float.MIN_NORMAL)) {
      return OF_ZEROS;
    }
    int zeroPoint = Math.round(LEAST - from / scale);
    return new Quantization(scale, Math.max(LEAST, Math.min(GREATEST, zeroPoint)));
  }

  /** As the file says it. */
  public QuantizationParametersT parameters() {
    return parameters(new float[] {scale}, new long[] {zeroPoint}, 0);
  }

  /** Of weights or biases: a scale for each channel, 0 being 0. */
  public static QuantizationParametersT parameters(float[] scales, int channelDimension) {
    return parameters(scales, new long[scales.length], channelDimension);
  }

  private static QuantizationParametersT parameters(
      float[] scales, long[] zeroPoints, int channelDimension) {
    QuantizationParametersT parameters = new QuantizationParametersT();
    parameters.setScale(scales);
    parameters.setZeroPoint(zeroPoints);
    parameters.setQuantizedDimension(channelDimension);
    return parameters;
  }
}
