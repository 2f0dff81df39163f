package org.proxyless.devices.tensorflow;

import static org.proxyless.network.NetworkWeights.BATCH_NORM_EPSILON;

import java.util.Arrays;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Shape;

/**
 * A filter bank that does the work of a batch normalisation behind it as well: with the factor f =
 * scale / √(variance + ε) of each output channel, the filter becomes filter · f and the bias shift
 * − mean · f.
 *
 * @param filter row-major, the output channel being the extent that varies fastest
 * @param bias one number for each output channel
 */
public record FoldedFilter(float[] filter, float[] bias) {
  /**
   * Folds the batch normalisation of one layer into its filter, where there is one; the weights
   * stay as they are.
   *
   * @param input shape of the layer's input
   */
  public static FoldedFilter of(
      NetworkWeights weights, int operator, int layer, Layer.Filtered description, Shape input) {
    return description.normalized()
        ? normalized(weights, operator, layer)
        : new FoldedFilter(
            weights.get(operator, layer, Part.FILTER),
            new float[description.output(input).channels()]);
  }

  /**
   * A batch normalisation alone: as the filter, the factor of each channel.
   *
   * @param channels how many
   */
  public static FoldedFilter ofNormalization(
      NetworkWeights weights, int operator, int layer, int channels) {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    return normalized(ones, weights, operator, layer);
  }

  private static FoldedFilter normalized(NetworkWeights weights, int operator, int layer) {
    return normalized(weights.get(operator, layer, Part.FILTER), weights, operator, layer);
  }

  private static FoldedFilter normalized(
      float[] unfolded, NetworkWeights weights, int operator, int layer) {
    float[] scale = weights.get(operator, layer, Part.SCALE);
    float[] shift = weights.get(operator, layer, Part.SHIFT);
    float[] mean = weights.get(operator, layer, Part.MEAN);
    float[] variance = weights.get(operator, layer, Part.VARIANCE);
    int channels = scale.length;
    double[] factor = new double[channels];
    float[] bias = new float[channels];
    for (int c = 0; c < channels; c++) {
      factor[c] = scale[c] / Math.sqrt((double) variance[c] + BATCH_NORM_EPSILON);
      bias[c] = (float) (shift[c] - mean[c] * factor[c]);
    }
    float[] filter = unfolded.clone();
    for (int i = 0; i < filter.length; i++) {
      // [k, k, in, out] and, for a depthwise filter, [k, k, channels, 1]: both end in the channel.
      filter[i] = (float) (filter[i] * factor[i % channels]);
    }
    return new FoldedFilter(filter, bias);
  }
}
