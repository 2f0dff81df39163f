package org.proxyless.search.supernet.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * One use of a candidate operator in the training graph: its layers forward, and backward where
 * asked. The shortcut is the block's business. Not for Zero, which has no layers.
 */
final class TrainingOperator {
  private final TrainingGraph graph;
  private final String name;
  private final List<TrainingLayer> layers = new ArrayList<>();
  private final List<CandidatePart> parts;
  private final int first;
  private final Map<CandidatePart, String> read = new HashMap<>();
  private String input;

  /**
   * @param name prefix of the nodes
   * @param parts of this candidate, in order of layers and parts
   */
  TrainingOperator(TrainingGraph graph, String name, Operator operator, List<CandidatePart> parts) {
    this(graph, name, operator, parts, operator.layers().size());
  }

  /**
   * The last layers of an operator alone.
   *
   * @param last how many
   */
  TrainingOperator(
      TrainingGraph graph, String name, Operator operator, List<CandidatePart> parts, int last) {
    this.graph = graph;
    this.name = name;
    this.parts = parts;
    Shape shape = operator.input();
    List<Layer> descriptions = operator.layers();
    first = descriptions.size() - last;
    for (int l = 0; l < descriptions.size(); l++) {
      int index = l;
      TrainingLayer.Site site =
          new TrainingLayer.Site(graph, name + "/l" + l, shape, part -> read(index, part));
      if (l >= first) {
        layers.add(TrainingLayer.of(descriptions.get(l), site));
      }
      shape = descriptions.get(l).output(shape);
    }
  }

  /** Writes the layers applied to {@code x}. */
  String forward(String x) {
    input = x;
    String y = x;
    for (TrainingLayer layer : layers) {
      y = layer.forward(y);
    }
    return y;
  }

  /**
   * Writes the gradients and the updates of all weights from the gradient of the output. Returns
   * the gradient of the input, or null where {@code inputGradientNeeded} is false.
   */
  String backward(String outputGradient, boolean inputGradientNeeded) {
    Map<CandidatePart, String> gradients = new LinkedHashMap<>();
    String last = outputGradient;
    for (int l = layers.size() - 1; l >= 0; l--) {
      boolean inputNeeded = l > 0 || inputGradientNeeded;
      TrainingLayer.Gradients own = layers.get(l).backward(last, inputNeeded);
      for (CandidatePart part : parts) {
        if (part.layer() == first + l) {
          gradients.put(part, own.parts().get(part.part()));
        }
      }
      last = inputNeeded ? own.input() : last;
    }
    for (var entry : gradients.entrySet()) {
      graph.descend(entry.getKey(), entry.getValue(), last);
    }
    return inputGradientNeeded ? last : null;
  }

  /** Batch statistics of the layers that normalise, in the order of the layers. */
  List<Map<Part, String>> statistics() {
    return layers.stream().map(TrainingLayer::statistics).toList();
  }

  private String read(int layer, Part wanted) {
    for (CandidatePart part : parts) {
      if (part.layer() == layer && part.part() == wanted) {
        return read.computeIfAbsent(part, p -> p.read(graph, name + "/l" + layer, input));
      }
    }
    throw new IllegalStateException(name + " has no " + wanted + " in layer " + layer);
  }
}
