package org.proxyless.search.supernet.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;

/** A block with one candidate: no gate. */
final class FixedBlock extends UnaryBlock {
  private final String name;
  private final Operator operator;
  private final TrainingOperator training;

  FixedBlock(TrainingGraph graph, Operator operator, int index) {
    super(graph, List.of(operator), index);
    this.operator = operator;
    name = "b" + index + "/fixed";
    training = new TrainingOperator(graph, name, operator, graph.declare(index).get(0));
  }

  @Override
  String forward(String x) {
    String y = operator.isZero() ? null : training.forward(x);
    return withShortcut(operator, name + "/sum", y, x);
  }

  @Override
  String inputGradient(String outputGradient, boolean inputGradientNeeded) {
    String gradient =
        operator.isZero() ? null : training.backward(outputGradient, inputGradientNeeded);
    return inputGradientNeeded
        ? withShortcutGradient(operator, name + "/sum-grad", gradient, outputGradient)
        : null;
  }

  @Override
  List<Statistic> statistics() {
    List<Statistic> statistics = new ArrayList<>();
    List<Map<Part, String>> byLayer = training.statistics();
    for (int l = 0; l < byLayer.size(); l++) {
      for (Part part : Part.STATISTICS) {
        String tensor = byLayer.get(l).get(part);
        if (tensor != null) {
          statistics.add(new Statistic(new NetworkWeights.Key(index, l, part), tensor));
        }
      }
    }
    return statistics;
  }
}
