package org.proxyless.devices.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.tensorflow.proto.GraphDef;

/**
 * A graph in which operators take turns as they do in a network: one starts when the one before it
 * has finished, and finds the caches, the memory allocator and the branch predictors as another
 * kind of operator left them. Repeating one operator alone makes it up to a tenth quicker than it
 * is in a network.
 *
 * @param definition the graph; its inputs are filled with random numbers
 * @param outputs the operators' outputs. All are to be asked for: TensorFlow's optimiser drops an
 *     operator for which another only waits
 */
record ContextGraph(GraphDef definition, List<String> outputs) {
  /** The operators in this order, each with random weights of its own. */
  static ContextGraph of(List<Operator> turns, int batch, RandomGenerator random) {
    Writer writer = new Writer(batch, random);
    turns.forEach(writer::add);
    return new ContextGraph(writer.graph.build(), List.copyOf(writer.outputs));
  }

  private static final class Writer {
    private final GraphWriter graph = new GraphWriter();
    private final Map<Shape, List<String>> inputs = new HashMap<>();
    private final List<String> outputs = new ArrayList<>();
    private final int batch;
    private final RandomGenerator random;
    private int added;

    Writer(int batch, RandomGenerator random) {
      this.batch = batch;
      this.random = random;
    }

    void add(Operator operator) {
      int turn = outputs.size();
      List<String> taken = inputs(operator);
      if (turn > 0) {
        // The control edge sits on a node of its own: on a convolution it would prevent fusion.
        String first =
            graph
                .node("Identity", "turn" + turn)
                .input(taken.get(0))
                .floats()
                .after(outputs.get(turn - 1))
                .add();
        taken = Stream.concat(Stream.of(first), taken.stream().skip(1)).toList();
      }
      NetworkWeights weights = NetworkWeights.initial(List.of(operator), random);
      outputs.add(new DeployedOperator(operator, weights, 0).addTo(graph, "copy" + turn, taken));
    }

    /** Different ones for a join: of equal ones TensorFlow's optimiser makes a product. */
    private List<String> inputs(Operator operator) {
      List<String> there = inputs.computeIfAbsent(operator.input(), shape -> new ArrayList<>());
      while (there.size() < operator.type().inputs()) {
        there.add(addInput(operator.input()));
      }
      return List.copyOf(there.subList(0, operator.type().inputs()));
    }

    /** Random, because arithmetic on zeros is not representative. */
    private String addInput(Shape shape) {
      float[] values = new float[(int) (batch * shape.elements())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return graph.input(
          "input" + added++, values, batch, shape.height(), shape.width(), shape.channels());
    }
  }
}
