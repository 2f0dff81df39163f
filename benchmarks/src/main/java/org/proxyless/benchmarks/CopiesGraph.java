package org.proxyless.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.DeployedOperator;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.Network;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/**
 * Copies of one operator that take turns: each has weights of its own, reads the same input, and
 * starts when the one before it has finished, as operators in a network do. Copies that are left to
 * TensorFlow's scheduler run layer by layer across all copies instead, and what one layer hands to
 * the next has left the cache by then.
 *
 * @param definition the graph
 * @param outputs the copies' outputs. All are to be asked for: TensorFlow's optimiser drops a copy
 *     for which another only waits
 */
record CopiesGraph(GraphDef definition, List<String> outputs) {
  /** The graph's input: floats [batch, height, width, channels]. */
  static final String INPUT = "input";

  static CopiesGraph of(Operator operator, int copies, RandomGenerator random) {
    GraphWriter graph = new GraphWriter();
    Shape shape = operator.input();
    String input =
        graph.placeholder(
            INPUT, DataType.DT_FLOAT, -1, shape.height(), shape.width(), shape.channels());
    return new CopiesGraph(graph, addCopies(graph, input, operator, copies, random));
  }

  private CopiesGraph(GraphWriter graph, List<String> outputs) {
    this(graph.build(), outputs);
  }

  private static List<String> addCopies(
      GraphWriter graph, String input, Operator operator, int copies, RandomGenerator random) {
    Network alone = new Network("copies", List.of(operator));
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < copies; i++) {
      String mine = input;
      if (i > 0) {
        // The control edge sits on a node of its own: on a convolution it would prevent fusion.
        mine =
            graph
                .node("Identity", "turn" + i)
                .input(input)
                .floats()
                .after(outputs.get(i - 1))
                .add();
      }
      NetworkWeights weights = NetworkWeights.initial(alone, random);
      outputs.add(new DeployedOperator(operator, weights, 0).addTo(graph, "copy" + i, mine));
    }
    return outputs;
  }
}
