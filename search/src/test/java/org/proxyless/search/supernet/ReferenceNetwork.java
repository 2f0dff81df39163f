package org.proxyless.search.supernet;

import java.util.List;
import org.proxyless.devices.tensorflow.NetworkWeights.Part;
import org.proxyless.latency.Activation;
import org.proxyless.latency.Layer;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;

/**
 * The loss of a gated chain of blocks in double precision and plain loops, with gates that may be
 * any number: y = Σ g_k o_k(x), plus the shortcut. What the supernet computes is checked against
 * this.
 */
public final class ReferenceNetwork {
  /** Finds a weight by block, candidate, layer and part. */
  public interface Weights {
    float[] get(int block, int candidate, int layer, Part part);
  }

  private final List<List<Operator>> blocks;
  private final Weights weights;
  private final boolean inference;

  /** Normalises with the statistics of the batch, as in training. */
  ReferenceNetwork(List<List<Operator>> blocks, Weights weights) {
    this(blocks, weights, false);
  }

  private ReferenceNetwork(List<List<Operator>> blocks, Weights weights, boolean inference) {
    this.blocks = blocks;
    this.weights = weights;
    this.inference = inference;
  }

  /** A network without choices that normalises with the statistics among its weights. */
  public static ReferenceNetwork inference(List<Operator> operators, Weights weights) {
    return new ReferenceNetwork(operators.stream().map(List::of).toList(), weights, true);
  }

  /** The logits of normalised images, [count, height, width, channels], without choices. */
  public double[][] logits(float[] images, int count) {
    return logits(new double[0][], images, count);
  }

  /** Mean cross-entropy of a batch, given each edge's gates. */
  double loss(double[][] gates, float[] images, int[] labels) {
    double[][] logits = logits(gates, images, labels.length);
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double partition = 0;
      for (double logit : logits[i]) {
        partition += Math.exp(logit);
      }
      sum += Math.log(partition) - logits[i][labels[i]];
    }
    return sum / labels.length;
  }

  private double[][] logits(double[][] gates, float[] images, int batch) {
    Shape shape = blocks.get(0).get(0).input();
    double[][] x = new double[batch][(int) shape.elements()];
    for (int i = 0; i < batch; i++) {
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = images[i * x[i].length + j];
      }
    }
    int edge = 0;
    for (int b = 0; b < blocks.size(); b++) {
      List<Operator> candidates = blocks.get(b);
      double[] gate = candidates.size() == 1 ? new double[] {1} : gates[edge++];
      Operator first = candidates.get(0);
      double[][] y = new double[batch][(int) first.output().elements()];
      for (int c = 0; c < candidates.size(); c++) {
        if (gate[c] != 0 && !candidates.get(c).isZero()) {
          double[][] o = operator(b, c, x);
          for (int i = 0; i < batch; i++) {
            for (int j = 0; j < y[i].length; j++) {
              y[i][j] += gate[c] * o[i][j];
            }
          }
        }
      }
      if (first.shortcut()) {
        for (int i = 0; i < batch; i++) {
          for (int j = 0; j < y[i].length; j++) {
            y[i][j] += x[i][j];
          }
        }
      }
      x = y;
    }
    return x;
  }

  private double[][] operator(int block, int candidate, double[][] x) {
    Operator operator = blocks.get(block).get(candidate);
    Shape shape = operator.input();
    List<Layer> layers = operator.layers();
    double[][] y = x;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      Shape output = layer.output(shape);
      double[][] next = new double[y.length][];
      for (int i = 0; i < y.length; i++) {
        next[i] = apply(layer, y[i], shape, output, block, candidate, l);
      }
      if (layer instanceof Layer.Filtered filtered) {
        normalise(
            next,
            output.channels(),
            weights.get(block, candidate, l, Part.SCALE),
            weights.get(block, candidate, l, Part.SHIFT),
            filtered.activation(),
            inference ? weights.get(block, candidate, l, Part.MEAN) : null,
            inference ? weights.get(block, candidate, l, Part.VARIANCE) : null);
      }
      y = next;
      shape = output;
    }
    return y;
  }

  private double[] apply(
      Layer layer, double[] x, Shape in, Shape out, int block, int candidate, int l) {
    if (layer instanceof Layer.GlobalAveragePool) {
      double[] mean = new double[in.channels()];
      for (int i = 0; i < x.length; i++) {
        mean[i % in.channels()] += x[i] / in.pixels();
      }
      return mean;
    }
    if (layer instanceof Layer.Dense dense) {
      float[] w = weights.get(block, candidate, l, Part.WEIGHTS);
      float[] bias = weights.get(block, candidate, l, Part.BIAS);
      double[] y = new double[dense.units()];
      for (int u = 0; u < y.length; u++) {
        y[u] = bias[u];
        for (int i = 0; i < x.length; i++) {
          y[u] += x[i] * w[i * y.length + u];
        }
      }
      return y;
    }
    return convolve(
        (Layer.Filtered) layer, x, in, out, weights.get(block, candidate, l, Part.FILTER));
  }

  private static double[] convolve(
      Layer.Filtered layer, double[] x, Shape in, Shape out, float[] filter) {
    boolean depthwise = layer instanceof Layer.DepthwiseConvolution;
    int k = layer.kernel();
    int s = layer.stride();
    int top = Math.max(0, (out.height() - 1) * s + k - in.height()) / 2;
    int left = Math.max(0, (out.width() - 1) * s + k - in.width()) / 2;
    double[] y = new double[(int) out.elements()];
    for (int row = 0; row < out.height(); row++) {
      for (int column = 0; column < out.width(); column++) {
        for (int i = 0; i < k * k; i++) {
          int r = row * s + i / k - top;
          int c = column * s + i % k - left;
          if (r < 0 || c < 0 || r >= in.height() || c >= in.width()) {
            continue;
          }
          for (int o = 0; o < out.channels(); o++) {
            int at = (row * out.width() + column) * out.channels() + o;
            int pixel = (r * in.width() + c) * in.channels();
            if (depthwise) {
              y[at] += x[pixel + o] * filter[i * in.channels() + o];
            } else {
              for (int n = 0; n < in.channels(); n++) {
                y[at] += x[pixel + n] * filter[(i * in.channels() + n) * out.channels() + o];
              }
            }
          }
        }
      }
    }
    return y;
  }

  private static void normalise(
      double[][] x,
      int channels,
      float[] scale,
      float[] shift,
      Activation activation,
      float[] means,
      float[] variances) {
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (double[] image : x) {
        for (int i = c; i < image.length; i += channels) {
          sum += image[i];
          squares += image[i] * image[i];
          count++;
        }
      }
      double mean = means == null ? sum / count : means[c];
      double variance = variances == null ? squares / count - mean * mean : variances[c];
      double deviation = Math.sqrt(variance + 1e-3);
      for (double[] image : x) {
        for (int i = c; i < image.length; i += channels) {
          double y = (image[i] - mean) / deviation * scale[c] + shift[c];
          image[i] = activation.of(y);
        }
      }
    }
  }
}
