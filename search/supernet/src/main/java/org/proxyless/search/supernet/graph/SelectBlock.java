package org.proxyless.search.supernet.graph;

import java.util.Collections;
import java.util.List;
import org.proxyless.network.Operator;

/**
 * A block that takes one of its inputs, the others not being there. Each is told the gradient: what
 * a gate lets through of it is the gate's business.
 */
final class SelectBlock extends TrainingBlock {
  private int inputs;

  SelectBlock(TrainingGraph graph, List<Operator> candidates, int index) {
    super(graph, candidates, index);
  }

  @Override
  String forward(List<String> inputs) {
    this.inputs = inputs.size();
    return graph
        .writer()
        .node("Merge", "b" + index + "/selected")
        .input(inputs.toArray(String[]::new))
        .floats()
        .attribute("N", inputs.size())
        .add();
  }

  @Override
  List<String> backward(String outputGradient, boolean inputGradientNeeded) {
    return Collections.nCopies(inputs, outputGradient);
  }
}
