package org.proxyless.devices.lite.file;

import org.proxyless.devices.lite.graph.Operation;

/**
 * Weights in the layout of TensorFlow Lite.
 *
 * @param values row-major
 * @param channelDimension the extent that counts output channels
 * @param extents [channels, rows, columns, input channels], depthwise [1, kernel, kernel,
 *     channels], dense [units, inputs]
 */
public record LiteWeights(float[] values, int channelDimension, int... extents) {
  static LiteWeights of(Operation.Convolution convolution) {
    int rows = convolution.window().rows();
    int columns = convolution.window().columns();
    int channels = convolution.bias().length;
    float[] values = channelsFirst(convolution.weights(), channels);
    return new LiteWeights(
        values, 0, channels, rows, columns, values.length / (channels * rows * columns));
  }

  static LiteWeights of(Operation.DepthwiseConvolution convolution) {
    int kernel = convolution.kernel();
    return new LiteWeights(convolution.weights(), 3, 1, kernel, kernel, convolution.bias().length);
  }

  static LiteWeights of(Operation.Dense dense) {
    int units = dense.bias().length;
    float[] values = channelsFirst(dense.weights(), units);
    return new LiteWeights(values, 0, units, values.length / units);
  }

  /** The number of output channels. */
  int channels() {
    return extents[channelDimension];
  }

  /** The output channel that a value belongs to. */
  int channel(int index) {
    return channelDimension == 0 ? index / (values.length / channels()) : index % channels();
  }

  private static float[] channelsFirst(float[] channelsLast, int channels) {
    float[] first = new float[channelsLast.length];
    int others = first.length / channels;
    for (int i = 0; i < others; i++) {
      for (int c = 0; c < channels; c++) {
        first[c * others + i] = channelsLast[i * channels + c];
      }
    }
    return first;
  }
}
