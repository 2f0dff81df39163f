package org.proxyless.search.supernet.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.tensorflow.proto.DataType;

/**
 * A block that joins feature maps: their sum, or all their channels, and layers behind them if any.
 * A sum adds what all its edges give, zeros included, however many of them a network keeps. Of an
 * input behind a gate that is closed there are zeros, too.
 */
final class JoinBlock extends TrainingBlock {
  private static final int CHANNELS = 3;
  private final String name;
  private final Operator operator;
  private final boolean sums;
  private final int[] gates;
  private final TrainingOperator behind;
  private int inputs;

  JoinBlock(TrainingGraph graph, Operator operator, int index) {
    this(graph, operator, index, new int[0]);
  }

  /**
   * @param gates of the inputs, or −1 of those without one; empty if none has one
   */
  JoinBlock(TrainingGraph graph, Operator operator, int index, int[] gates) {
    super(graph, List.of(operator), index);
    this.operator = operator;
    this.gates = gates;
    this.sums = operator.layers().get(0) instanceof Layer.Sum;
    name = "b" + index + "/join";
    behind =
        new TrainingOperator(
            graph, name, operator, graph.declare(index).get(0), operator.layers().size() - 1);
  }

  @Override
  String forward(List<String> inputs) {
    this.inputs = inputs.size();
    return behind.forward(joined(gated("/loose", inputs)));
  }

  private String joined(List<String> inputs) {
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

  /** What the gates let through of each tensor, zeros in the place of the others. */
  private List<String> gated(String what, List<String> tensors) {
    List<String> gated = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      if (gates.length == 0 || gates[i] < 0) {
        gated.add(tensors.get(i));
        continue;
      }
      String own = name + what + i;
      String open =
          graph
              .writer()
              .node("Switch", own)
              .input(tensors.get(i), TrainingGraph.ACTIVE_GATES + ":" + gates[i])
              .floats()
              .add();
      String zeros = graph.writer().node("ZerosLike", own + "/zeros").input(open).floats().add();
      gated.add(
          graph
              .writer()
              .node("Merge", own + "/value")
              .input(zeros, open + ":1")
              .floats()
              .attribute("N", 2)
              .add());
    }
    return gated;
  }

  @Override
  List<String> backward(String outputGradient, boolean inputGradientNeeded) {
    String ofJoined = behind.backward(outputGradient, inputGradientNeeded);
    if (!inputGradientNeeded) {
      return List.of();
    }
    if (sums) {
      return Collections.nCopies(inputs, ofJoined);
    }
    Shape one = operator.input();
    List<String> gradients = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      gradients.add(
          graph
              .writer()
              .node("Slice", name + "/input-grad" + i)
              .input(ofJoined, graph.sizes(0, 0, 0, i * one.channels()))
              .input(graph.sizes(graph.batchSize(), one.height(), one.width(), one.channels()))
              .floats()
              .type("Index", DataType.DT_INT32)
              .add());
    }
    return gated("/loose-grad", gradients);
  }

  @Override
  List<Statistic> statistics() {
    List<Statistic> statistics = new ArrayList<>();
    List<Map<Part, String>> byLayer = behind.statistics();
    for (int l = 0; l < byLayer.size(); l++) {
      for (Part part : Part.STATISTICS) {
        String tensor = byLayer.get(l).get(part);
        if (tensor != null) {
          statistics.add(new Statistic(new NetworkWeights.Key(index, l + 1, part), tensor));
        }
      }
    }
    return statistics;
  }
}
