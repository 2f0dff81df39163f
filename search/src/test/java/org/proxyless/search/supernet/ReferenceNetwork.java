package org.proxyless.search.supernet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.proxyless.devices.tensorflow.NetworkWeights.Part;
import org.proxyless.latency.Activation;
import org.proxyless.latency.BlockGraph;
import org.proxyless.latency.Layer;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;

/**
 * The loss of a gated graph of blocks in double precision and plain loops, with gates that may be
 * any number: y = Σ g_k o_k(x), plus the shortcut. What the supernet computes is checked against
 * this.
 */
public final class ReferenceNetwork {
  /** Finds a weight by block, candidate, layer and part. */
  public interface Weights {
    float[] get(int block, int candidate, int layer, Part part);
  }

  private final BlockGraph graph;
  private final Weights weights;
  private final boolean inference;

  /** Normalises with the statistics of the batch, as in training. */
  ReferenceNetwork(List<List<Operator>> blocks, Weights weights) {
    this(BlockGraph.chain(blocks), weights, false);
  }

  /** The same of any graph. */
  ReferenceNetwork(BlockGraph graph, Weights weights) {
    this(graph, weights, false);
  }

  /** The same with the weights of a supernet whose candidates have their own, by their names. */
  static ReferenceNetwork of(BlockGraph graph, Map<String, float[]> state) {
    return new ReferenceNetwork(
        graph,
        (block, candidate, layer, part) ->
            state.get(
                "b" + block + "/c" + candidate + "/l" + layer + "/" + part.name().toLowerCase()));
  }

  private ReferenceNetwork(BlockGraph graph, Weights weights, boolean inference) {
    this.graph = graph;
    this.weights = weights;
    this.inference = inference;
  }

  /** A network without choices that normalises with the statistics among its weights. */
  public static ReferenceNetwork inference(List<Operator> operators, Weights weights) {
    return new ReferenceNetwork(
        BlockGraph.chain(operators.stream().map(List::of).toList()), weights, true);
  }

  /** The logits of normalised images, [count, height, width, channels], without choices. */
  public double[][] logits(float[] images, int count) {
    return logits(new double[0][], images, count);
  }

  /** The gates of a path alone. */
  double[][] gates(int... path) {
    int[] sizes = graph.sizes();
    double[][] gates = new double[sizes.length][];
    for (int e = 0; e < sizes.length; e++) {
      gates[e] = new double[sizes[e]];
      gates[e][path[e]] = 1;
    }
    return gates;
  }

  /** The central difference of a path's loss to one of its gates. */
  double gateSlope(int[] path, int edge, int candidate, float[] images, int[] labels) {
    double[][] gates = gates(path);
    gates[edge][candidate] += 1e-5;
    double difference = loss(gates, images, labels);
    gates[edge][candidate] -= 2e-5;
    difference -= loss(gates, images, labels);
    return difference / 2e-5;
  }

  /** The central difference of a path's loss to one of these weights: short, off kinks. */
  double weightSlope(float[] weights, int i, int[] path, float[] images, int[] labels) {
    float kept = weights[i];
    float up = kept + 1e-6f;
    float down = kept - 1e-6f;
    weights[i] = up;
    double difference = loss(gates(path), images, labels);
    weights[i] = down;
    difference -= loss(gates(path), images, labels);
    weights[i] = kept;
    return difference / ((double) up - down);
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
    Shape shape = graph.input();
    double[][] image = new double[batch][(int) shape.elements()];
    for (int i = 0; i < batch; i++) {
      for (int j = 0; j < image[i].length; j++) {
        image[i][j] = images[i * image[i].length + j];
      }
    }
    List<double[][]> values = new ArrayList<>();
    List<List<Integer>> loose = graph.looseEnds(likeliest(gates));
    for (int b = 0; b < graph.blocks().size(); b++) {
      BlockGraph.Block block = graph.blocks().get(b);
      List<double[][]> inputs = new ArrayList<>();
      for (int input : block.inputs()) {
        inputs.add(input < 0 ? image : values.get(input));
      }
      if (block.candidates().get(0).type().selects()) {
        values.add(selected(inputs, gates[block.decision()]));
        continue;
      }
      for (int i = 0; i < inputs.size() && !loose.get(b).isEmpty(); i++) {
        if (!loose.get(b).contains(i)) {
          inputs.set(i, new double[batch][inputs.get(i)[0].length]);
        }
      }
      values.add(
          inputs.size() > 1 ? operator(b, 0, join(b, inputs)) : block(b, inputs.get(0), gates));
    }
    return values.get(values.size() - 1);
  }

  /** The option of each decision whose gate is open. */
  private static int[] likeliest(double[][] gates) {
    return Arrays.stream(gates)
        .mapToInt(
            of -> {
              int best = 0;
              for (int c = 1; c < of.length; c++) {
                best = of[c] > of[best] ? c : best;
              }
              return best;
            })
        .toArray();
  }

  private static double[][] selected(List<double[][]> inputs, double[] gates) {
    double[][] y = new double[inputs.get(0).length][inputs.get(0)[0].length];
    for (int i = 0; i < gates.length; i++) {
      add(gates[i], inputs.get(i), y);
    }
    return y;
  }

  private double[][] join(int b, List<double[][]> inputs) {
    Operator operator = graph.blocks().get(b).candidates().get(0);
    boolean sums = operator.layers().get(0) instanceof Layer.Sum;
    int channels = operator.input().channels();
    int joined = inputs.get(0)[0].length * (sums ? 1 : inputs.size());
    double[][] y = new double[inputs.get(0).length][joined];
    for (int n = 0; n < inputs.size(); n++) {
      for (int i = 0; i < y.length; i++) {
        for (int j = 0; j < inputs.get(n)[i].length; j++) {
          int pixel = j / channels;
          int at = sums ? j : (pixel * inputs.size() + n) * channels + j % channels;
          y[i][at] += inputs.get(n)[i][j];
        }
      }
    }
    return y;
  }

  private double[][] block(int b, double[][] x, double[][] gates) {
    BlockGraph.Block block = graph.blocks().get(b);
    List<Operator> candidates = block.candidates();
    double[] gate = block.isChoice() ? gates[block.decision()] : new double[] {1};
    Operator first = candidates.get(0);
    boolean allSkip = candidates.stream().allMatch(Operator::shortcut);
    double[][] y = new double[x.length][(int) first.output().elements()];
    for (int c = 0; c < candidates.size(); c++) {
      Operator operator = candidates.get(c);
      if (gate[c] != 0 && !operator.isZero()) {
        add(gate[c], operator(b, c, x), y);
      } else if (!allSkip && operator.shortcut()) {
        add(gate[c], x, y);
      }
    }
    if (allSkip) {
      add(1, x, y);
    }
    return y;
  }

  private static void add(double factor, double[][] x, double[][] y) {
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < y[i].length; j++) {
        y[i][j] += factor * x[i][j];
      }
    }
  }

  private double[][] operator(int block, int candidate, double[][] x) {
    Operator operator = graph.blocks().get(block).candidates().get(candidate);
    Shape shape = operator.input();
    List<Layer> layers = operator.layers();
    double[][] y = x;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      Shape output = layer.output(shape);
      if (layer instanceof Layer.Join) { // joined already
        shape = output;
        continue;
      }
      double[][] next = new double[y.length][];
      for (int i = 0; i < y.length; i++) {
        next[i] = apply(layer, y[i], shape, output, block, candidate, l);
      }
      boolean alone = layer instanceof Layer.Normalization;
      if (alone || layer instanceof Layer.Filtered filtered && filtered.normalized()) {
        normalise(
            next,
            output.channels(),
            weights.get(block, candidate, l, Part.SCALE),
            weights.get(block, candidate, l, Part.SHIFT),
            layer instanceof Layer.Normalization n
                ? n.activation()
                : ((Layer.Filtered) layer).activation(),
            inference ? weights.get(block, candidate, l, Part.MEAN) : null,
            inference ? weights.get(block, candidate, l, Part.VARIANCE) : null);
      } else if (layer instanceof Layer.Filtered filtered) {
        for (int i = 0; i < next.length; i++) {
          next[i] = Arrays.stream(next[i]).map(filtered.activation()::of).toArray();
        }
      }
      y = next;
      shape = output;
    }
    return y;
  }

  private double[] apply(
      Layer layer, double[] x, Shape in, Shape out, int block, int candidate, int l) {
    if (layer instanceof Layer.GlobalAveragePool) {
      return mean(x, in);
    }
    if (layer instanceof Layer.Dense dense) {
      return dense(
          x,
          weights.get(block, candidate, l, Part.WEIGHTS),
          dense.biased()
              ? weights.get(block, candidate, l, Part.BIAS)
              : new float[dense.units()]);
    }
    if (layer instanceof Layer.SqueezeExcitation) {
      return squeeze(x, in, part -> weights.get(block, candidate, l, part));
    }
    if (layer instanceof Layer.Activated activated) {
      return Arrays.stream(x).map(activated.activation()::of).toArray();
    }
    if (layer instanceof Layer.Pool pool) {
      return pool(pool, x, in, out);
    }
    if (layer instanceof Layer.Normalization) {
      return x.clone();
    }
    float[] filter = weights.get(block, candidate, l, Part.FILTER);
    return layer instanceof Layer.FactorizedReduction
        ? reduce(x, in, out, filter)
        : convolve((Layer.Filtered) layer, x, in, out, filter);
  }

  private static double[] mean(double[] x, Shape in) {
    double[] mean = new double[in.channels()];
    for (int i = 0; i < x.length; i++) {
      mean[i % in.channels()] += x[i] / in.pixels();
    }
    return mean;
  }

  private static double[] dense(double[] x, float[] w, float[] bias) {
    double[] y = new double[bias.length];
    for (int u = 0; u < y.length; u++) {
      y[u] = bias[u];
      for (int i = 0; i < x.length; i++) {
        y[u] += x[i] * w[i * y.length + u];
      }
    }
    return y;
  }

  private static double[] squeeze(double[] x, Shape in, Function<Part, float[]> own) {
    double[] hidden = dense(mean(x, in), own.apply(Part.SQUEEZE), own.apply(Part.SQUEEZE_BIAS));
    double[] factors =
        dense(
            Arrays.stream(hidden).map(Activation.RELU::of).toArray(),
            own.apply(Part.EXCITATION),
            own.apply(Part.EXCITATION_BIAS));
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] * Activation.HARD_SIGMOID.of(factors[i % factors.length]);
    }
    return y;
  }

  /** What lies beyond the border does not count. */
  private static double[] pool(Layer.Pool pool, double[] x, Shape in, Shape out) {
    int kernel = pool.kernel();
    int stride = pool.stride();
    int top = Math.max(0, (out.height() - 1) * stride + kernel - in.height()) / 2;
    int left = Math.max(0, (out.width() - 1) * stride + kernel - in.width()) / 2;
    double[] y = new double[(int) out.elements()];
    for (int i = 0; i < y.length; i++) {
      int column = i / out.channels() % out.width() * stride - left;
      int row = i / out.channels() / out.width() * stride - top;
      double sum = 0;
      double most = Double.NEGATIVE_INFINITY;
      int count = 0;
      for (int r = Math.max(0, row); r < Math.min(in.height(), row + kernel); r++) {
        for (int c = Math.max(0, column); c < Math.min(in.width(), column + kernel); c++) {
          double value = x[(r * in.width() + c) * in.channels() + i % out.channels()];
          sum += value;
          most = Math.max(most, value);
          count++;
        }
      }
      y[i] = pool instanceof Layer.MaxPool ? most : sum / count;
    }
    return y;
  }

  private static double[] reduce(double[] x, Shape in, Shape out, float[] filter) {
    double[] y = new double[(int) out.elements()];
    for (int i = 0; i < y.length; i++) {
      int o = i % out.channels();
      int moved = 2 * o < out.channels() ? 0 : 1;
      int column = 2 * (i / out.channels() % out.width()) + moved;
      int row = 2 * (i / out.channels() / out.width()) + moved;
      if (row < in.height() && column < in.width()) {
        for (int n = 0; n < in.channels(); n++) {
          double value = x[(row * in.width() + column) * in.channels() + n];
          y[i] += value * filter[n * out.channels() + o];
        }
      }
    }
    return y;
  }

  private static double[] convolve(
      Layer.Filtered layer, double[] x, Shape in, Shape out, float[] filter) {
    boolean depthwise = layer instanceof Layer.DepthwiseConvolution;
    Layer.RectangularConvolution window =
        layer instanceof Layer.RectangularConvolution r
            ? r
            : new Layer.RectangularConvolution(
                layer.kernel(),
                layer.kernel(),
                layer.stride(),
                layer.stride(),
                true,
                out.channels(),
                false,
                layer.activation());
    int k = window.columns();
    int apart = layer instanceof Layer.DepthwiseConvolution d ? d.dilation() : 1;
    int top = before(in.height(), out.height(), window.rows(), apart, window.rowStride(), window);
    int left = before(in.width(), out.width(), k, apart, window.columnStride(), window);
    double[] y = new double[(int) out.elements()];
    for (int row = 0; row < out.height(); row++) {
      for (int column = 0; column < out.width(); column++) {
        for (int i = 0; i < window.rows() * k; i++) {
          int r = row * window.rowStride() + i / k * apart - top;
          int c = column * window.columnStride() + i % k * apart - left;
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

  /** Of the padding of a side what lies before it. */
  private static int before(
      int in, int out, int kernel, int apart, int stride, Layer.RectangularConvolution window) {
    int reach = (kernel - 1) * apart + 1;
    return window.padded() ? Math.max(0, (out - 1) * stride + reach - in) / 2 : 0;
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
