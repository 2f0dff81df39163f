package org.proxyless.devices.tensorflow;

import java.util.List;
import org.proxyless.devices.tensorflow.NetworkWeights.Part;
import org.proxyless.latency.Layer;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;
import org.tensorflow.proto.DataType;

/**
 * An operator in the form that is deployed: batch normalisation folded into the convolutions,
 * weights as constants, each convolution followed by bias and activation in the order that
 * TensorFlow's graph optimiser fuses into one kernel.
 *
 * <p>Feature maps are [batch, height, width, channels]; behind a global pool, [batch, channels].
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
      } else if (layer instanceof Layer.Dense dense) {
        value = addDense(graph, prefix, value, dense, shape, l);
      } else if (layer instanceof Layer.Join join) {
        value = addJoin(graph, prefix, inputs, join);
      } else if (layer instanceof Layer.GlobalAveragePool) {
        value = addPool(graph, prefix, value);
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
    FoldedFilter folded = FoldedFilter.of(weights, index, l);
    String filter =
        graph.constant(
            prefix + "/filter", folded.filter(), NetworkWeights.extents(layer, Part.FILTER, shape));
    String operation =
        layer instanceof Layer.DepthwiseConvolution ? "DepthwiseConv2dNative" : "Conv2D";
    String convolved =
        graph
            .node(operation, prefix + "/convolution")
            .input(input, filter)
            .floats()
            .attribute("strides", new long[] {1, layer.stride(), layer.stride(), 1})
            .attribute("padding", "SAME")
            .add();
    String biased = addBias(graph, prefix, convolved, folded.bias());
    return switch (layer.activation()) {
      case LINEAR -> biased;
      case RELU -> graph.node("Relu", prefix + "/relu").input(biased).floats().add();
      case RELU6 -> graph.node("Relu6", prefix + "/relu6").input(biased).floats().add();
    };
  }

  private String addDense(
      GraphWriter graph, String prefix, String input, Layer.Dense layer, Shape shape, int l) {
    String matrix =
        graph.constant(
            prefix + "/weights",
            weights.get(index, l, Part.WEIGHTS),
            NetworkWeights.extents(layer, Part.WEIGHTS, shape));
    String product = graph.node("MatMul", prefix + "/product").input(input, matrix).floats().add();
    return addBias(graph, prefix, product, weights.get(index, l, Part.BIAS));
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
    return graph
        .node("ConcatV2", prefix + "/concatenated")
        .input(all)
        .input(graph.integer(prefix + "/axis", CHANNELS))
        .attribute("N", (long) all.length)
        .floats()
        .type("Tidx", DataType.DT_INT32)
        .add();
  }

  private static String addPool(GraphWriter graph, String prefix, String input) {
    String axes = graph.constant(prefix + "/axes", 1, 2);
    return graph.node("Mean", prefix + "/mean").input(input, axes).floats().add();
  }

  private static String addBias(GraphWriter graph, String prefix, String input, float[] values) {
    String bias = graph.constant(prefix + "/bias", values, values.length);
    return graph.node("BiasAdd", prefix + "/biased").input(input, bias).floats().add();
  }
}
