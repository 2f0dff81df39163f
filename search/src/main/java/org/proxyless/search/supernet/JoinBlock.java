package org.proxyless.search.supernet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.proxyless.latency.Layer;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;
import org.tensorflow.proto.DataType;

/**
 * A block that joins feature maps: their sum, or all their channels. A sum adds what all its edges
 * give, zeros included, however many of them a network keeps.
 */
final class JoinBlock extends TrainingBlock {
  private static final int CHANNELS = 3;
  private final String name;
  private final Operator operator;
  private final boolean sums;
  private int inputs;

  JoinBlock(TrainingGraph graph, Operator operator, int index) {
    super(graph, List.of(operator), index);
    this.operator = operator;
    this.sums = operator.layers().get(0) instanceof Layer.Sum;
    name = "b" + index + "/join";
  }

  @Override
  String forward(List<String> inputs) {
    this.inputs = inputs.size();
    return sums
        ? graph.sum(name + "/sum", inputs)
        : graph
            .writer()
            .node("ConcatV2", name + "/concatenated")
            .input(inputs.toArray(String[]::new))
            .input(graph.integer(CHANNELS))
            .attribute("N", inputs.size())
            .floats()
            .type("Tidx", DataType.DT_INT32)
            .add();
  }

  @Override
  List<String> backward(String outputGradient, boolean inputGradientNeeded) {
    if (!inputGradientNeeded) {
      return List.of();
    }
    if (sums) {
      return Collections.nCopies(inputs, outputGradient);
    }
    Shape one = operator.input();
    List<String> gradients = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      gradients.add(
          graph
              .writer()
              .node("Slice", name + "/input-grad" + i)
              .input(outputGradient, graph.sizes(0, 0, 0, i * one.channels()))
              .input(graph.sizes(graph.batchSize(), one.height(), one.width(), one.channels()))
              .floats()
              .type("Index", DataType.DT_INT32)
              .add());
    }
    return gradients;
  }
}
