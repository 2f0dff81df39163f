package org.proxyless.devices.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * A network computed in double precision by loops that follow the definitions, with batch
 * normalisation as a step of its own: what the deployed form is held against.
 */
final class PlainNetwork {
  private final Network network;
  private final NetworkWeights weights;

  PlainNetwork(Network network, NetworkWeights weights) {
    this.network = network;
    this.weights = weights;
  }

  /** The logits of one image whose pixels are normalised already. */
  double[] logits(double[] image) {
    List<double[]> values = new ArrayList<>();
    for (int o = 0; o < network.operators().size(); o++) {
      List<double[]> inputs = network.taken(o, image, values);
      values.add(
          network.operators().get(o).layers().stream().anyMatch(Layer.Join.class::isInstance)
              ? joined(network.operators().get(o), inputs)
              : operator(o, inputs.get(0)));
    }
    return values.get(values.size() - 1);
  }

  private static double[] joined(Operator operator, List<double[]> inputs) {
    int channels = operator.input().channels();
    boolean adds = operator.outputChannels() == channels;
    double[] output = new double[(int) operator.output().elements()];
    for (int input = 0; input < inputs.size(); input++) {
      for (int i = 0; i < inputs.get(input).length; i++) {
        int place =
            adds ? i : i / channels * operator.outputChannels() + input * channels + i % channels;
        output[place] += inputs.get(input)[i];
      }
    }
    return output;
  }

  private double[] operator(int o, double[] input) {
    Operator operator = network.operators().get(o);
    Shape shape = operator.input();
    double[] value = operator.isZero() ? new double[input.length] : input;
    List<Layer> layers = operator.layers();
    for (int l = 0; l < layers.size(); l++) {
      value = layer(o, l, layers.get(l), shape, value);
      shape = layers.get(l).output(shape);
    }
    if (operator.shortcut()) {
      value = value.clone();
      for (int i = 0; i < value.length; i++) {
        value[i] += input[i];
      }
    }
    return value;
  }

  private double[] layer(int o, int l, Layer layer, Shape shape, double[] input) {
    if (layer instanceof Layer.Filtered filtered) {
      double[] convolved = convolve(filtered, shape, input, weights.get(o, l, Part.FILTER));
      return filtered.normalized()
          ? normalize(o, l, filtered.activation(), convolved)
          : Arrays.stream(convolved).map(filtered.activation()::of).toArray();
    }
    if (layer instanceof Layer.Normalization normalization) {
      return normalize(o, l, normalization.activation(), input);
    }
    if (layer instanceof Layer.Activated activated) {
      return Arrays.stream(input).map(activated.activation()::of).toArray();
    }
    if (layer instanceof Layer.Pool pool) {
      return pool(pool, shape, input);
    }
    if (layer instanceof Layer.Dense dense) {
      float[] bias = dense.biased() ? weights.get(o, l, Part.BIAS) : new float[dense.units()];
      return dense(input, weights.get(o, l, Part.WEIGHTS), bias);
    }
    return layer instanceof Layer.SqueezeExcitation
        ? squeeze(o, l, input, shape)
        : means(input, shape);
  }

  private double[] squeeze(int o, int l, double[] input, Shape shape) {
    double[] units =
        dense(
            means(input, shape),
            weights.get(o, l, Part.SQUEEZE),
            weights.get(o, l, Part.SQUEEZE_BIAS));
    double[] factors =
        dense(
            Arrays.stream(units).map(Activation.RELU::of).toArray(),
            weights.get(o, l, Part.EXCITATION),
            weights.get(o, l, Part.EXCITATION_BIAS));
    double[] output = new double[input.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = input[i] * Activation.HARD_SIGMOID.of(factors[i % factors.length]);
    }
    return output;
  }

  private static double[] means(double[] input, Shape shape) {
    double[] means = new double[shape.channels()];
    for (int i = 0; i < input.length; i++) {
      means[i % means.length] += input[i] / shape.pixels();
    }
    return means;
  }

  /** SAME padding: of the total padding, the smaller half goes before. */
  static int padBefore(int extent, int kernel, int stride) {
    int output = (extent + stride - 1) / stride;
    return Math.max((output - 1) * stride + kernel - extent, 0) / 2;
  }

  /** The greatest or the mean of what each window has of the feature map. */
  private static double[] pool(Layer.Pool pool, Shape in, double[] input) {
    Shape out = pool.output(in);
    int kernel = pool.kernel();
    int stride = pool.stride();
    int top = padBefore(in.height(), kernel, stride);
    int left = padBefore(in.width(), kernel, stride);
    double[] output = new double[(int) out.elements()];
    for (int i = 0; i < output.length; i++) {
      int x = i / out.channels() % out.width();
      int y = i / out.channels() / out.width();
      List<Double> seen = new ArrayList<>();
      for (int row = y * stride - top; row < y * stride - top + kernel; row++) {
        for (int column = x * stride - left; column < x * stride - left + kernel; column++) {
          if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
            seen.add(input[(row * in.width() + column) * in.channels() + i % out.channels()]);
          }
        }
      }
      output[i] =
          pool instanceof Layer.MaxPool
              ? seen.stream().max(Double::compare).orElseThrow()
              : seen.stream().mapToDouble(d -> d).average().orElseThrow();
    }
    return output;
  }

  /** The first half of the channels sees every second pixel, the other those between. */
  private static double[] reduce(
      Layer.FactorizedReduction layer, Shape in, double[] input, float[] filter) {
    Shape out = layer.output(in);
    double[] output = new double[(int) out.elements()];
    for (int i = 0; i < output.length; i++) {
      int c = i % out.channels();
      int moved = c < out.channels() / 2 ? 0 : 1;
      int column = 2 * (i / out.channels() % out.width()) + moved;
      int row = 2 * (i / out.channels() / out.width()) + moved;
      for (int d = 0; d < in.channels() && row < in.height() && column < in.width(); d++) {
        double pixel = input[(row * in.width() + column) * in.channels() + d];
        output[i] += pixel * filter[d * out.channels() + c];
      }
    }
    return output;
  }

  static double[] convolve(Layer.Filtered layer, Shape in, double[] input, float[] filter) {
    if (layer instanceof Layer.FactorizedReduction reduction) {
      return reduce(reduction, in, input, filter);
    }
    boolean depthwise = layer instanceof Layer.DepthwiseConvolution;
    int apart = layer instanceof Layer.DepthwiseConvolution d ? d.dilation() : 1;
    Shape out = layer.output(in);
    Layer.RectangularConvolution window = window(layer, out.channels());
    int rows = window.rows();
    int k = window.columns();
    int down = window.rowStride();
    int right = window.columnStride();
    boolean padded = window.padded();
    int top = padded ? padBefore(in.height(), (rows - 1) * apart + 1, down) : 0;
    int left = padded ? padBefore(in.width(), (k - 1) * apart + 1, right) : 0;
    double[] output = new double[(int) out.elements()];
    for (int i = 0; i < output.length; i++) {
      int c = i % out.channels();
      int x = i / out.channels() % out.width();
      int y = i / out.channels() / out.width();
      for (int dy = 0; dy < rows; dy++) {
        for (int dx = 0; dx < k; dx++) {
          int row = y * down + dy * apart - top;
          int column = x * right + dx * apart - left;
          if (row < 0 || row >= in.height() || column < 0 || column >= in.width()) {
            continue;
          }
          int pixel = (row * in.width() + column) * in.channels();
          int tap = (dy * k + dx) * in.channels();
          if (depthwise) {
            output[i] += input[pixel + c] * filter[tap + c];
          } else {
            for (int d = 0; d < in.channels(); d++) {
              output[i] += input[pixel + d] * filter[(tap + d) * out.channels() + c];
            }
          }
        }
      }
    }
    return output;
  }

  /** A square window as the rectangle that it is. */
  private static Layer.RectangularConvolution window(Layer.Filtered layer, int channels) {
    return layer instanceof Layer.RectangularConvolution rectangle
        ? rectangle
        : new Layer.RectangularConvolution(
            layer.kernel(),
            layer.kernel(),
            layer.stride(),
            layer.stride(),
            true,
            channels,
            false,
            layer.activation());
  }

  private double[] normalize(int o, int l, Activation activation, double[] input) {
    float[] scale = weights.get(o, l, Part.SCALE);
    float[] shift = weights.get(o, l, Part.SHIFT);
    float[] mean = weights.get(o, l, Part.MEAN);
    float[] variance = weights.get(o, l, Part.VARIANCE);
    double[] output = new double[input.length];
    for (int i = 0; i < input.length; i++) {
      int c = i % scale.length;
      double value =
          (input[i] - mean[c])
                  / Math.sqrt(variance[c] + (double) NetworkWeights.BATCH_NORM_EPSILON)
                  * scale[c]
              + shift[c];
      output[i] = activation.of(value);
    }
    return output;
  }

  private static double[] dense(double[] input, float[] matrix, float[] bias) {
    double[] output = new double[bias.length];
    for (int j = 0; j < bias.length; j++) {
      output[j] = bias[j];
      for (int i = 0; i < input.length; i++) {
        output[j] += input[i] * matrix[i * bias.length + j];
      }
    }
    return output;
  }
}
