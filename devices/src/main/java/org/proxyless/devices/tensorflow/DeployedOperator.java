package org.proxyless.devices.tensorflow;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.tensorflow.proto.DataType;

/**
 * An operator in the form that is deployed: batch normalisation folded into the convolutions,
 * weights as constants, each convolution followed by bias and activation in the order that
 * TensorFlow's graph optimiser fuses into one kernel.
 *
 * <p>Feature maps are [batch, height, width, channels]; behind a global pool, [batch, channels], or
 * [batch, 1, 1, channels] where the pool keeps a pixel.
 *
 * @param operator what to write
 * @param weights its numbers, and possibly those of others
 * @param index where its numbers stand in the weights
 */
public record DeployedOperator(Operator operator, NetworkWeights weights, int index) {
  /** The axis of the channels. */
  private static final int CHANNELS = 3;

  /**
   * Adds the operator to a graph.
   *
   * @param name prefix of its nodes' names
   * @param inputs nodes that give its inputs, as many as its type takes
   * @return the node that gives its output; the input itself where the operator only skips
   */
  public String addTo(GraphWriter graph, String name, List<String> inputs) {
    String input = inputs.get(0);
    if (operator.isZero()) {
      return operator.shortcut()
          ? input
          : graph.node("ZerosLike", name + "/zero").input(input).floats().add();
    }
    String value = input;
    Shape shape = operator.input();
    List<Layer> layers = operator.layers();
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      String prefix = name + "/layer" + l;
      if (layer instanceof Layer.Filtered filtered) {
        value = addFiltered(graph, prefix, value, filtered, shape, l);
      } else if (layer instanceof Layer.Normalization normalization) {
        value = addNormalization(graph, prefix, value, normalization, shape, l);
      } else if (layer instanceof Layer.Activated activated) {
        value = addActivation(graph, prefix, value, activated.activation());
      } else if (layer instanceof Layer.Pool pool) {
        value = addWindow(graph, prefix, value, pool);
      } else if (layer instanceof Layer.Dense dense) {
        value = addDense(graph, prefix, value, dense, shape, l);
      } else if (layer instanceof Layer.SqueezeExcitation squeeze) {
        value = addSqueeze(graph, prefix, value, squeeze, shape.channels(), l);
      } else if (layer instanceof Layer.Join join) {
        value = addJoin(graph, prefix, inputs, join);
      } else if (layer instanceof Layer.GlobalAveragePool mean) {
        value = addMean(graph, prefix, value, !mean.flat());
      } else {
        throw new IllegalArgumentException(layer + " has no form that is deployed");
      }
      shape = layer.output(shape);
    }
    return operator.shortcut()
        ? graph.node("AddV2", name + "/shortcut").input(value, input).floats().add()
        : value;
  }

  private String addFiltered(
      GraphWriter graph, String prefix, String input, Layer.Filtered layer, Shape shape, int l) {
    FoldedFilter folded = FoldedFilter.of(weights, index, l, layer, shape);
    String convolved =
        layer instanceof Layer.FactorizedReduction reduction
            ? addReduction(graph, prefix, input, reduction, shape, folded)
            : addConvolution(graph, prefix, input, layer, shape, folded);
    String biased =
        layer.normalized() ? addBias(graph, prefix, convolved, folded.bias()) : convolved;
    return addActivation(graph, prefix, biased, layer.activation());
  }

  private String addNormalization(
      GraphWriter graph,
      String prefix,
      String input,
      Layer.Normalization layer,
      Shape shape,
      int l) {
    int channels = shape.channels();
    FoldedFilter folded = FoldedFilter.ofNormalization(weights, index, l, channels);
    String factor = graph.constant(prefix + "/factor", folded.filter(), channels);
    String scaled = graph.node("Mul", prefix + "/scaled").input(input, factor).floats().add();
    return addActivation(
        graph, prefix, addBias(graph, prefix, scaled, folded.bias()), layer.activation());
  }

  private static String addConvolution(
      GraphWriter graph,
      String prefix,
      String input,
      Layer.Filtered layer,
      Shape shape,
      FoldedFilter folded) {
    long[] extents = NetworkWeights.extents(layer, Part.FILTER, shape);
    float[] values = folded.filter();
    if (layer instanceof Layer.DepthwiseConvolution depthwise && depthwise.dilation() > 1) {
      values = spread(values, depthwise, shape.channels());
      extents = new long[] {depthwise.reach(), depthwise.reach(), shape.channels(), 1};
    }
    String filter = graph.constant(prefix + "/filter", values, extents);
    if (layer instanceof Layer.RectangularConvolution rectangle) {
      return graph
          .node("Conv2D", prefix + "/convolution")
          .input(input, filter)
          .floats()
          .attribute("strides", new long[] {1, rectangle.rowStride(), rectangle.columnStride(), 1})
          .attribute("padding", rectangle.padded() ? "SAME" : "VALID")
          .add();
    }
    return convolution(
        graph,
        prefix + "/convolution",
        layer instanceof Layer.DepthwiseConvolution ? "DepthwiseConv2dNative" : "Conv2D",
        input,
        filter,
        layer.stride());
  }

  private static String convolution(
      GraphWriter graph, String name, String operation, String input, String filter, int stride) {
    return graph
        .node(operation, name)
        .input(input, filter)
        .floats()
        .attribute("strides", new long[] {1, stride, stride, 1})
        .attribute("padding", "SAME")
        .add();
  }

  /**
   * The filter of a dilated convolution with zeros between its weights: TensorFlow's processors
   * have no depthwise kernel that skips pixels, and with stride 2 no other way at all.
   *
   * @param filter [kernel, kernel, channels]
   * @return [reach, reach, channels]
   */
  private static float[] spread(float[] filter, Layer.DepthwiseConvolution layer, int channels) {
    int kernel = layer.kernel();
    float[] spread = new float[layer.reach() * layer.reach() * channels];
    for (int row = 0; row < kernel; row++) {
      for (int column = 0; column < kernel; column++) {
        int to = (row * layer.reach() + column) * layer.dilation() * channels;
        System.arraycopy(filter, (row * kernel + column) * channels, spread, to, channels);
      }
    }
    return spread;
  }

  private static String addReduction(
      GraphWriter graph,
      String prefix,
      String input,
      Layer.FactorizedReduction layer,
      Shape shape,
      FoldedFilter folded) {
    String padded =
        graph
            .node("Pad", prefix + "/padded")
            .input(input, graph.pairs(prefix + "/border", 0, 0, 0, 1, 0, 1, 0, 0))
            .floats()
            .type("Tpaddings", DataType.DT_INT32)
            .add();
    String moved =
        graph
            .node("Slice", prefix + "/moved")
            .input(padded, graph.constant(prefix + "/from", 0, 1, 1, 0))
            .input(graph.constant(prefix + "/all", -1, -1, -1, -1))
            .floats()
            .type("Index", DataType.DT_INT32)
            .add();
    String here = addHalf(graph, prefix + "/half0", input, layer, shape, folded, 0);
    String there = addHalf(graph, prefix + "/half1", moved, layer, shape, folded, 1);
    return concatenated(graph, prefix, here, there);
  }

  /** Convolves with one half of a filter's output channels. */
  private static String addHalf(
      GraphWriter graph,
      String name,
      String input,
      Layer.FactorizedReduction layer,
      Shape shape,
      FoldedFilter folded,
      int which) {
    int half = layer.channels() / 2;
    float[] values = new float[shape.channels() * half];
    for (int in = 0; in < shape.channels(); in++) {
      int from = in * layer.channels() + which * half;
      System.arraycopy(folded.filter(), from, values, in * half, half);
    }
    String filter = graph.constant(name + "/filter", values, 1, 1, shape.channels(), half);
    return convolution(graph, name + "/convolution", "Conv2D", input, filter, 2);
  }

  private static String addActivation(
      GraphWriter graph, String prefix, String value, Activation activation) {
    return switch (activation) {
      case LINEAR -> value;
      case RELU -> graph.node("Relu", prefix + "/relu").input(value).floats().add();
      case RELU6 -> graph.node("Relu6", prefix + "/relu6").input(value).floats().add();
      case HARD_SIGMOID -> addSixth(graph, prefix, addRelu6Of3More(graph, prefix, value));
      case HARD_SWISH -> {
        String factor = addRelu6Of3More(graph, prefix, value);
        String product = graph.node("Mul", prefix + "/times").input(value, factor).floats().add();
        yield addSixth(graph, prefix, product);
      }
    };
  }

  private static String addRelu6Of3More(GraphWriter graph, String prefix, String value) {
    String three = graph.scalar(prefix + "/three", 3);
    String more = graph.node("AddV2", prefix + "/more").input(value, three).floats().add();
    return graph.node("Relu6", prefix + "/relu6").input(more).floats().add();
  }

  private static String addSixth(GraphWriter graph, String prefix, String value) {
    String sixth = graph.scalar(prefix + "/one-sixth", 1f / 6);
    return graph.node("Mul", prefix + "/sixth").input(value, sixth).floats().add();
  }

  private static String addWindow(GraphWriter graph, String prefix, String input, Layer.Pool pool) {
    return graph
        .node(pool instanceof Layer.MaxPool ? "MaxPool" : "AvgPool", prefix + "/pool")
        .input(input)
        .floats()
        .attribute("ksize", new long[] {1, pool.kernel(), pool.kernel(), 1})
        .attribute("strides", new long[] {1, pool.stride(), pool.stride(), 1})
        .attribute("padding", "SAME")
        .add();
  }

  private String addDense(
      GraphWriter graph, String prefix, String input, Layer.Dense layer, Shape shape, int l) {
    String matrix =
        graph.constant(
            prefix + "/weights",
            weights.get(index, l, Part.WEIGHTS),
            NetworkWeights.extents(layer, Part.WEIGHTS, shape));
    String product = graph.node("MatMul", prefix + "/product").input(input, matrix).floats().add();
    if (!layer.biased()) {
      return product;
    }
    return addBias(graph, prefix, product, weights.get(index, l, Part.BIAS));
  }

  /**
   * Behind the means two 1×1 convolutions, which keep the pixel that the product is spread from.
   */
  private String addSqueeze(
      GraphWriter graph,
      String prefix,
      String input,
      Layer.SqueezeExcitation layer,
      int channels,
      int l) {
    String means = addMean(graph, prefix, input, true);
    int units = layer.units();
    String squeezed =
        addUnits(
            graph, prefix + "/squeeze", means, l, Part.SQUEEZE, Part.SQUEEZE_BIAS, channels, units);
    String excited =
        addUnits(
            graph,
            prefix + "/excitation",
            addActivation(graph, prefix + "/squeeze", squeezed, Activation.RELU),
            l,
            Part.EXCITATION,
            Part.EXCITATION_BIAS,
            units,
            channels);
    String factors = addActivation(graph, prefix + "/excitation", excited, Activation.HARD_SIGMOID);
    return graph.node("Mul", prefix + "/scaled").input(input, factors).floats().add();
  }

  private String addUnits(
      GraphWriter graph,
      String prefix,
      String input,
      int l,
      Part matrix,
      Part bias,
      int inputs,
      int outputs) {
    String filter =
        graph.constant(prefix + "/filter", weights.get(index, l, matrix), 1, 1, inputs, outputs);
    String product = convolution(graph, prefix + "/convolution", "Conv2D", input, filter, 1);
    return addBias(graph, prefix, product, weights.get(index, l, bias));
  }

  private static String addJoin(
      GraphWriter graph, String prefix, List<String> inputs, Layer.Join join) {
    String[] all = inputs.toArray(String[]::new);
    if (join instanceof Layer.Sum) {
      return graph
          .node("AddN", prefix + "/sum")
          .input(all)
          .attribute("N", (long) all.length)
          .floats()
          .add();
    }
    return concatenated(graph, prefix, all);
  }

  private static String concatenated(GraphWriter graph, String prefix, String... inputs) {
    return graph
        .node("ConcatV2", prefix + "/concatenated")
        .input(inputs)
        .input(graph.integer(prefix + "/axis", CHANNELS))
        .attribute("N", (long) inputs.length)
        .floats()
        .type("Tidx", DataType.DT_INT32)
        .add();
  }

  /**
   * @param keeps whether one pixel stays
   */
  private static String addMean(GraphWriter graph, String prefix, String input, boolean keeps) {
    String axes = graph.constant(prefix + "/axes", 1, 2);
    GraphWriter.Node mean = graph.node("Mean", prefix + "/mean").input(input, axes).floats();
    return keeps ? mean.attribute("keep_dims", true).add() : mean.add();
  }

  private static String addBias(GraphWriter graph, String prefix, String input, float[] values) {
    String bias = graph.constant(prefix + "/bias", values, values.length);
    return graph.node("BiasAdd", prefix + "/biased").input(input, bias).floats().add();
  }
}
