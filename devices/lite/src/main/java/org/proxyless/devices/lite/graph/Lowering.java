package org.proxyless.devices.lite.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.FoldedFilter;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * Turns a network into an {@link InferenceGraph}: the one place that knows networks, operators and
 * layers. It does what {@link DeployedGraph} does for TensorFlow.
 */
public final class Lowering {
  private static final String PIXELS = "pixels";
  private static final String NORMALIZED = "normalized";
  private static final float HARD_SIGMOID_OFFSET = 3;

  private final NetworkWeights weights;
  private final List<FeatureMap> featureMaps = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();

  private Lowering(NetworkWeights weights) {
    this.weights = weights;
  }

  /**
   * The deployed form of a network with these weights.
   *
   * @throws IllegalArgumentException if the network doesn't end in a dense layer, or the
   *     normalisation is for another number of channels
   */
  public static InferenceGraph of(
      Network network, NetworkWeights weights, Normalization normalization) {
    Lowering lowering = new Lowering(weights);
    int image = lowering.addNormalization(network.input(), normalization);
    List<Operator> operators = network.operators();
    List<Integer> values = new ArrayList<>();
    for (int o = 0; o < operators.size(); o++) {
      values.add(lowering.addOperator(operators.get(o), o, network.taken(o, image, values)));
    }
    if (!(lowering.operations.get(lowering.operations.size() - 1) instanceof Operation.Dense)) {
      throw new IllegalArgumentException(
          "network " + network.name() + " must end in a dense layer, not in " + operators);
    }
    int logits = values.get(values.size() - 1);
    FeatureMap last = lowering.featureMaps.get(logits);
    lowering.featureMaps.set(logits, new FeatureMap(DeployedGraph.LOGITS, last.extents()));
    int output = lowering.featureMap(DeployedGraph.PROBABILITIES, last.extents());
    lowering.operations.add(new Operation.Softmax(logits, output));
    return new InferenceGraph(lowering.featureMaps, lowering.operations);
  }

  /**
   * Operators side by side, with random weights of their own and inputs that they have in common.
   * They are computed in this order, since each is an output. An operator that computes nothing is
   * left out.
   */
  public static InferenceGraph ofOperators(List<Operator> operators, RandomGenerator random) {
    Lowering all = new Lowering(new NetworkWeights());
    Map<Shape, List<Integer>> inputs = new HashMap<>();
    int added = 0;
    for (int o = 0; o < operators.size(); o++) {
      Operator operator = operators.get(o);
      if (operator.isZero()) {
        continue;
      }
      NetworkWeights own = NetworkWeights.initial(List.of(operator), random);
      for (Map.Entry<NetworkWeights.Key, float[]> part : own.all().entrySet()) {
        NetworkWeights.Key key = part.getKey();
        all.weights.put(new NetworkWeights.Key(o, key.layer(), key.part()), part.getValue());
      }
      List<Integer> there = inputs.computeIfAbsent(operator.input(), shape -> new ArrayList<>());
      while (there.size() < operator.type().inputs()) {
        there.add(all.featureMap("input" + added++, operator.input()));
      }
      all.addOperator(operator, o, there.subList(0, operator.type().inputs()));
    }
    return new InferenceGraph(all.featureMaps, all.operations);
  }

  /**
   * What a network does besides its operators: images to normalised ones and, not connected to it,
   * logits to probabilities.
   */
  public static InferenceGraph withoutOperators(Shape image, int classes) {
    Lowering lowering = new Lowering(new NetworkWeights());
    lowering.addNormalization(image, Normalization.symmetric(image.channels()));
    int logits = lowering.featureMap(DeployedGraph.LOGITS, 1, classes);
    int output = lowering.featureMap(DeployedGraph.PROBABILITIES, 1, classes);
    lowering.operations.add(new Operation.Softmax(logits, output));
    return new InferenceGraph(lowering.featureMaps, lowering.operations);
  }

  /**
   * The normalisation as a 1×1 depthwise convolution. Folding it into the first filter as well
   * would be wrong at the border: what is padded there is 0 after the normalisation, not before.
   */
  private int addNormalization(Shape image, Normalization normalization) {
    if (normalization.channels() != image.channels()) {
      throw new IllegalArgumentException(normalization + " does not fit images of " + image);
    }
    int images = featureMap(DeployedGraph.IMAGES, image);
    int pixels = featureMap(PIXELS, image);
    operations.add(new Operation.Pixels(images, pixels));
    int normalized = featureMap(NORMALIZED, image);
    operations.add(
        new Operation.DepthwiseConvolution(
            pixels,
            normalized,
            1,
            1,
            1,
            normalization.factors(),
            normalization.offsets(),
            Activation.LINEAR));
    return normalized;
  }

  private int addOperator(Operator operator, int index, List<Integer> inputs) {
    String name = "operator" + index;
    int input = inputs.get(0);
    if (operator.isZero()) {
      if (operator.shortcut()) {
        return input;
      }
      int zeros = featureMap(name + "/zero", operator.output());
      operations.add(new Operation.Zeros(input, zeros));
      return zeros;
    }
    int value = input;
    Shape shape = operator.input();
    List<Layer> layers = operator.layers();
    for (int l = 0; l < layers.size(); l++) {
      if (layers.get(l) instanceof Layer.Join join) {
        value = addJoin(join, name, inputs, shape);
        shape = join.output(shape);
        continue;
      }
      value = addLayer(layers.get(l), index, l, shape, value);
      shape = layers.get(l).output(shape);
    }
    if (!operator.shortcut()) {
      return value;
    }
    int sum = featureMap(name + "/shortcut", shape);
    operations.add(new Operation.Sum(value, input, sum));
    return sum;
  }

  /** A sum goes pair by pair: the kernels for more at once are slow. */
  private int addJoin(Layer.Join join, String name, List<Integer> inputs, Shape shape) {
    if (join instanceof Layer.Concatenation) {
      int all = featureMap(name + "/concatenated", join.output(shape));
      operations.add(new Operation.Concatenation(inputs, all));
      return all;
    }
    int value = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      int sum = featureMap(name + "/sum" + i, shape);
      operations.add(new Operation.Sum(value, inputs.get(i), sum));
      value = sum;
    }
    return value;
  }

  private int addLayer(Layer layer, int operator, int l, Shape shape, int input) {
    String name = "operator" + operator + "/layer" + l;
    if (layer instanceof Layer.Activated activated) {
      return addActivation(activated.activation(), shape, input, name);
    }
    if (layer instanceof Layer.Weightless weightless) {
      int output = featureMap(name, layer.output(shape));
      operations.add(weightless(weightless, input, output));
      return output;
    }
    if (layer instanceof Layer.Filtered filtered) {
      FoldedFilter folded = FoldedFilter.of(weights, operator, l, filtered, shape);
      return addFiltered(filtered, filtered.output(shape), input, folded, name);
    }
    if (layer instanceof Layer.SqueezeExcitation squeeze) {
      return addSqueeze(squeeze, operator, l, shape, input);
    }
    if (layer instanceof Layer.GlobalAveragePool mean && !mean.flat()) {
      return addMean(shape, input, name);
    }
    if (layer instanceof Layer.Normalization normalization) {
      int output = featureMap(name, shape);
      FoldedFilter folded = FoldedFilter.ofNormalization(weights, operator, l, shape.channels());
      operations.add(
          new Operation.DepthwiseConvolution(
              input, output, 1, 1, 1, folded.filter(), folded.bias(), normalization.activation()));
      return output;
    }
    int output = featureMap(name, 1, layer.output(shape).channels());
    if (layer instanceof Layer.Dense dense) {
      float[] matrix = weights.get(operator, l, Part.WEIGHTS);
      float[] bias =
          dense.biased() ? weights.get(operator, l, Part.BIAS) : new float[dense.units()];
      operations.add(new Operation.Dense(input, output, matrix, bias));
    } else if (layer instanceof Layer.GlobalAveragePool) {
      operations.add(new Operation.GlobalMean(input, output, true));
    } else {
      throw new IllegalArgumentException(layer + " has no form that is deployed");
    }
    return output;
  }

  private static Operation weightless(Layer.Weightless layer, int input, int output) {
    if (layer instanceof Layer.Pool pool) {
      boolean greatest = pool instanceof Layer.MaxPool;
      return new Operation.Pool(input, output, pool.kernel(), pool.stride(), greatest);
    }
    throw new IllegalArgumentException(layer + " joins feature maps, which an operator does");
  }

  /** A convolution, with its activation where files can say both in one. */
  private int addFiltered(
      Layer.Filtered layer, Shape output, int input, FoldedFilter folded, String name) {
    if (layer.activation() != Activation.HARD_SWISH
        && layer.activation() != Activation.HARD_SIGMOID) {
      int value = featureMap(name, output);
      operations.add(convolution(layer, input, value, folded, layer.activation()));
      return value;
    }
    int linear = featureMap(name + "/linear", output);
    operations.add(convolution(layer, input, linear, folded, Activation.LINEAR));
    return addActivation(layer.activation(), output, linear, name);
  }

  /** The hard sigmoid as relu6(x + 3) and a sixth of that, both as 1×1 depthwise convolutions. */
  private int addActivation(Activation activation, Shape shape, int input, String name) {
    if (activation == Activation.HARD_SIGMOID) {
      int six = addScaled(shape, input, 1, HARD_SIGMOID_OFFSET, Activation.RELU6, name + "/relu6");
      return addScaled(shape, six, 1f / 6, 0, Activation.LINEAR, name);
    }
    int output = featureMap(name, shape);
    operations.add(new Operation.Activated(input, output, activation));
    return output;
  }

  private int addScaled(
      Shape shape, int input, float factor, float offset, Activation activation, String name) {
    float[] factors = new float[shape.channels()];
    float[] offsets = new float[shape.channels()];
    Arrays.fill(factors, factor);
    Arrays.fill(offsets, offset);
    int output = featureMap(name, shape);
    operations.add(
        new Operation.DepthwiseConvolution(input, output, 1, 1, 1, factors, offsets, activation));
    return output;
  }

  private int addMean(Shape shape, int input, String name) {
    int means = featureMap(name, new Shape(1, 1, shape.channels()));
    operations.add(new Operation.GlobalMean(input, means, false));
    return means;
  }

  /** The means, two 1×1 convolutions of them, and the product of the input with what they give. */
  private int addSqueeze(
      Layer.SqueezeExcitation layer, int operator, int l, Shape shape, int input) {
    String name = "operator" + operator + "/layer" + l;
    int means = addMean(shape, input, name + "/means");
    int squeezed = featureMap(name + "/squeezed", new Shape(1, 1, layer.units()));
    operations.add(
        units(means, squeezed, operator, l, Part.SQUEEZE, Part.SQUEEZE_BIAS, Activation.RELU));
    Shape pixel = new Shape(1, 1, shape.channels());
    int excited = featureMap(name + "/excited", pixel);
    operations.add(
        units(
            squeezed,
            excited,
            operator,
            l,
            Part.EXCITATION,
            Part.EXCITATION_BIAS,
            Activation.LINEAR));
    int factors = addActivation(Activation.HARD_SIGMOID, pixel, excited, name + "/factors");
    int output = featureMap(name, shape);
    operations.add(new Operation.Product(input, factors, output));
    return output;
  }

  private Operation units(
      int input, int output, int operator, int l, Part matrix, Part bias, Activation activation) {
    return new Operation.Convolution(
        input,
        output,
        1,
        1,
        weights.get(operator, l, matrix),
        weights.get(operator, l, bias),
        activation);
  }

  private static Operation convolution(
      Layer.Filtered layer, int input, int output, FoldedFilter folded, Activation activation) {
    int kernel = layer.kernel();
    int stride = layer.stride();
    float[] filter = folded.filter();
    float[] bias = folded.bias();
    if (layer instanceof Layer.DepthwiseConvolution depthwise) {
      return new Operation.DepthwiseConvolution(
          input, output, kernel, stride, depthwise.dilation(), filter, bias, activation);
    }
    if (layer instanceof Layer.RectangularConvolution r) {
      return new Operation.Convolution(
          input,
          output,
          new Operation.Window(r.rows(), r.columns(), r.rowStride(), r.columnStride(), r.padded()),
          filter,
          bias,
          layer.activation());
    }
    if (layer instanceof Layer.FactorizedReduction) {
      return new Operation.Convolution(
          input, output, 2, stride, halving(filter, bias.length), bias, activation);
    }
    return new Operation.Convolution(input, output, kernel, stride, filter, bias, activation);
  }

  /**
   * A factorised reduction as one convolution of windows of 2×2: half of the channels see the first
   * pixel of a window, the others the last, which lies a pixel further down and right. Four times
   * the arithmetic of few, in place of five operators.
   *
   * @param filter [inputs, channels]
   * @return [2, 2, inputs, channels]
   */
  private static float[] halving(float[] filter, int channels) {
    float[] window = new float[4 * filter.length];
    for (int i = 0; i < filter.length; i++) {
      boolean last = i % channels >= channels / 2;
      window[(last ? 3 * filter.length : 0) + i] = filter[i];
    }
    return window;
  }

  private int featureMap(String name, Shape shape) {
    return featureMap(name, 1, shape.height(), shape.width(), shape.channels());
  }

  private int featureMap(String name, int... extents) {
    featureMaps.add(new FeatureMap(name, extents));
    return featureMaps.size() - 1;
  }
}
