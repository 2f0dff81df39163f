package org.proxyless.search.recurrent.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/**
 * Writes a language model in training as one static graph: a cell unrolled over the tokens of a
 * window, the loss, and everything backward (truncated back-propagation through time, Werbos, 1990;
 * Mikolov et al., 2010).
 */
final class LanguageGraph {
  /** Input: int32 [steps · streams], the window's tokens, those of the first step first. */
  static final String TOKENS = "tokens";

  /** Input: int32 [steps · streams], the tokens after them. */
  static final String TARGETS = "targets";

  /** Input: float [streams, state size], the state before the window. */
  static final String STATE = "state";

  /** Input: float [], the learning rate. */
  static final String RATE = "rate";

  /** Input: float [], how far averages move towards the weights. */
  static final String SHARE = "share";

  /** Input: float [steps · streams, 1], masks of whole tokens; all ones unless fed. */
  static final String TOKEN_MASK = "token-mask";

  /** Input: float [streams, d], the mask of what is embedded; all ones unless fed. */
  static final String INPUT_MASK = "input-mask";

  /** Input: float [streams, d], the mask of states; all ones unless fed. */
  static final String RECURRENT_MASK = "recurrent-mask";

  /** Input: float [streams, d], the mask of what the decoder is given; all ones unless fed. */
  static final String OUTPUT_MASK = "output-mask";

  /** Output: float [], the mean cross-entropy of a token, in nats. */
  static final String LOSS = "loss";

  /** Output: float [], what is descended: the loss and the penalties. */
  static final String OBJECTIVE = "objective";

  /** Output: float [streams, state size], the state after the window. */
  static final String LAST_STATE = "last-state";

  /** Target: updates the weights. */
  static final String DESCEND = "descend";

  /** Target: moves the averages. */
  static final String AVERAGE = "average";

  private final GraphWriter graph = new GraphWriter();
  private final Tape tape = new Tape(graph, "n/");
  private final Learning learning;
  private final ModelNodes model;

  LanguageGraph(Learning learning, Function<Tape, ModelNodes> models) {
    this.learning = learning;
    graph.placeholder(TOKENS, DataType.DT_INT32, rows());
    graph.placeholder(TARGETS, DataType.DT_INT32, rows());
    graph.placeholder(STATE, DataType.DT_FLOAT, learning.streams(), -1);
    graph.placeholder(RATE, DataType.DT_FLOAT);
    graph.placeholder(SHARE, DataType.DT_FLOAT);
    model = models.apply(tape);
    String objective = forward();
    tape.backward(objective);
    Descent descent = new Descent(graph);
    model.updates().forEach(descent::add);
    descent.write(LOSS, RATE, learning.clip(), learning.weightDecay(), DESCEND);
    descent.writeAveraging(SHARE, AVERAGE);
  }

  private int rows() {
    return learning.steps() * learning.streams();
  }

  GraphDef build() {
    return graph.build();
  }

  List<Parameter> parameters() {
    return model.parameters();
  }

  /** A mask that lets everything through unless another one is fed. */
  private String mask(String name) {
    return graph
        .node("PlaceholderWithDefault", name)
        .input(graph.constant(name + "/default", new float[] {1}, 1, 1))
        .type("dtype", DataType.DT_FLOAT)
        .shape("shape", -1, -1)
        .add();
  }

  private String forward() {
    Optional<String> projection = model.projection();
    String embedded = tape.scaled(model.embedded(TOKENS), mask(TOKEN_MASK));
    if (projection.isPresent()) {
      embedded = tape.product(embedded, projection.get());
    }
    List<String> inputs = tape.parts(overTime(embedded, mask(INPUT_MASK)), 0, learning.steps());
    List<String> outputs = unrolled(inputs);
    String raw = tape.joined(outputs, 0);
    String dropped = overTime(raw, mask(OUTPUT_MASK));
    String decoded =
        projection.isPresent() ? tape.productWithTransposed(dropped, projection.get()) : dropped;
    String products = tape.productWithTransposed(decoded, model.decoder());
    String logits = model.bias().map(bias -> tape.biased(products, bias)).orElse(products);
    String loss = tape.crossEntropy(logits, TARGETS);
    output(LOSS, loss);
    String objective = penalised(loss, dropped, outputs);
    output(OBJECTIVE, objective);
    return objective;
  }

  private List<String> unrolled(List<String> inputs) {
    boolean drops = learning.dropouts().recurrent() > 0;
    String recurrent = drops ? mask(RECURRENT_MASK) : "";
    CellNodes cell = model.cell(x -> drops ? tape.scaled(x, recurrent) : x);
    List<String> outputs = new ArrayList<>();
    String state = STATE;
    for (String input : inputs) {
      CellNodes.Step step = cell.step(input, state);
      outputs.add(step.output());
      state = step.state();
    }
    output(LAST_STATE, state);
    return outputs;
  }

  /** What belongs to all steps, [steps · streams, d], times a mask of [streams, d]. */
  private String overTime(String x, String mask) {
    String split =
        shape("split" + mask, tape.integer(learning.steps()), tape.integer(-1), model.width());
    String flat = shape("flat" + mask, tape.integer(-1), model.width());
    return tape.reshaped(tape.scaled(tape.reshaped(x, split), mask), flat);
  }

  private String shape(String name, String... extents) {
    return graph
        .node("Pack", name)
        .input(extents)
        .type("T", DataType.DT_INT32)
        .attribute("N", extents.length)
        .add();
  }

  private String penalised(String loss, String dropped, List<String> outputs) {
    String objective = loss;
    if (learning.activationPenalty() > 0) {
      objective =
          tape.sum(
              objective,
              tape.scaled(
                  tape.meanSquare(dropped, 2), tape.number((float) learning.activationPenalty())));
    }
    if (learning.slownessPenalty() > 0) {
      int last = outputs.size() - 1;
      String change =
          tape.difference(
              tape.joined(outputs.subList(1, last + 1), 0),
              tape.joined(outputs.subList(0, last), 0));
      objective =
          tape.sum(
              objective,
              tape.scaled(
                  tape.meanSquare(change, 2), tape.number((float) learning.slownessPenalty())));
    }
    return objective;
  }

  private void output(String name, String tensor) {
    graph.node("Identity", name).input(tensor).floats().add();
  }
}
