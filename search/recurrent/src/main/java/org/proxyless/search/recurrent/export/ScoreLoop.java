package org.proxyless.search.recurrent.export;

import java.util.Optional;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.search.recurrent.train.CellNodes;
import org.proxyless.search.recurrent.train.Tape;
import org.tensorflow.proto.DataType;

/**
 * Writes the loop that scores texts of any length: token by token, the log-probability of the next
 * one. It is made of TensorFlow's control flow nodes, as {@code while_loop} is in graphs.
 */
final class ScoreLoop {
  private static final String FRAME = "score";
  private static final String NAME = "loop/";

  private final GraphWriter graph;
  private final Tape outside;
  private final Tape inside;
  private final int stateSize;
  private final Logits logits;

  /** Writes a step of the model: logits and the next state. */
  @FunctionalInterface
  interface Logits {
    CellNodes.Step step(Tape tape, String token, String state);
  }

  ScoreLoop(GraphWriter graph, int stateSize, Logits logits) {
    this.graph = graph;
    this.stateSize = stateSize;
    this.logits = logits;
    outside = new Tape(graph, "around/");
    inside = new Tape(graph, NAME, Optional.of(FRAME));
  }

  /**
   * Writes it.
   *
   * @param tokens name of the input, int32 [batch, length]
   * @param firstState name of the input that is zeros unless fed, float [batch, state size]
   * @param logProbabilities name of the output, float [batch, length − 1]
   * @param lastState name of the output, float [batch, state size]
   */
  void write(String tokens, String firstState, String logProbabilities, String lastState) {
    graph.placeholder(tokens, DataType.DT_INT32, -1, -1);
    String byStep = transposed(NAME + "tokens", tokens, DataType.DT_INT32);
    String shape = shape(byStep);
    String length = element("length", shape, 0);
    String steps =
        graph
            .node("Sub", NAME + "steps")
            .input(length, outside.integer(1))
            .type("T", DataType.DT_INT32)
            .add();
    String state = firstState(firstState, element("batch", shape, 1));
    String array =
        graph
            .node("TensorArrayV3", NAME + "array")
            .input(steps)
            .type("dtype", DataType.DT_FLOAT)
            .attribute("dynamic_size", false)
            .attribute("clear_after_read", true)
            .attribute("tensor_array_name", NAME + "array")
            .shape("element_shape", -1)
            .add();

    String count = merged("count", outside.integer(0), DataType.DT_INT32);
    String carried = merged("state", state, DataType.DT_FLOAT);
    String flow = merged("flow", array + ":1", DataType.DT_FLOAT);
    String goesOn =
        graph
            .node("Less", NAME + "less")
            .input(count, inside.entered(steps, DataType.DT_INT32))
            .type("T", DataType.DT_INT32)
            .add();
    String condition = graph.node("LoopCond", NAME + "condition").input(goesOn).add();
    String countBody = body("count", condition, DataType.DT_INT32);
    String stateBody = body("state", condition, DataType.DT_FLOAT);
    String flowBody = body("flow", condition, DataType.DT_FLOAT);

    String next =
        graph
            .node("AddV2", NAME + "next-count")
            .input(countBody, inside.integer(1))
            .type("T", DataType.DT_INT32)
            .add();
    String all = inside.entered(byStep, DataType.DT_INT32);
    CellNodes.Step step = logits.step(inside, row("token", all, countBody), stateBody);
    String losses =
        graph
            .node("SparseSoftmaxCrossEntropyWithLogits", NAME + "losses")
            .input(step.output(), row("target", all, next))
            .floats()
            .type("Tlabels", DataType.DT_INT32)
            .add();
    String logs = graph.node("Neg", NAME + "logs").input(losses).floats().add();
    String written =
        graph
            .node("TensorArrayWriteV3", NAME + "write")
            .input(inside.entered(array, DataType.DT_RESOURCE), countBody, logs, flowBody)
            .floats()
            .add();
    again("count", next, DataType.DT_INT32);
    again("state", step.state(), DataType.DT_FLOAT);
    again("flow", written, DataType.DT_FLOAT);

    String everyStep =
        graph
            .node("Range", NAME + "places")
            .input(outside.integer(0), steps, outside.integer(1))
            .type("Tidx", DataType.DT_INT32)
            .add();
    String gathered =
        graph
            .node("TensorArrayGatherV3", NAME + "gathered")
            .input(array, everyStep, exit("flow", DataType.DT_FLOAT))
            .type("dtype", DataType.DT_FLOAT)
            .shape("element_shape", -1)
            .add();
    transposed(logProbabilities, gathered, DataType.DT_FLOAT);
    exit("count", DataType.DT_INT32);
    graph.node("Identity", lastState).input(exit("state", DataType.DT_FLOAT)).floats().add();
  }

  private String firstState(String name, String batch) {
    String shape =
        graph
            .node("Pack", NAME + "state-shape")
            .input(batch, outside.integer(stateSize))
            .type("T", DataType.DT_INT32)
            .attribute("N", 2)
            .add();
    String zeros =
        graph
            .node("Fill", NAME + "zeros")
            .input(shape, outside.number(0))
            .floats()
            .type("index_type", DataType.DT_INT32)
            .add();
    return graph
        .node("PlaceholderWithDefault", name)
        .input(zeros)
        .type("dtype", DataType.DT_FLOAT)
        .shape("shape", -1, stateSize)
        .add();
  }

  private String transposed(String name, String x, DataType type) {
    return graph
        .node("Transpose", name)
        .input(x, outside.integers(1, 0))
        .type("T", type)
        .type("Tperm", DataType.DT_INT32)
        .add();
  }

  private String shape(String x) {
    return graph
        .node("Shape", NAME + "shape")
        .input(x)
        .type("T", DataType.DT_INT32)
        .type("out_type", DataType.DT_INT32)
        .add();
  }

  private String element(String name, String vector, int index) {
    return gathered(NAME + name, vector, outside.integer(index), outside.integer(0));
  }

  private String row(String name, String matrix, String index) {
    return gathered(NAME + name, matrix, index, inside.integer(0));
  }

  private String gathered(String name, String from, String index, String axis) {
    return graph
        .node("GatherV2", name)
        .input(from, index, axis)
        .type("Tparams", DataType.DT_INT32)
        .type("Tindices", DataType.DT_INT32)
        .type("Taxis", DataType.DT_INT32)
        .add();
  }

  private String merged(String variable, String first, DataType type) {
    String enter =
        graph
            .node("Enter", NAME + variable + "/enter")
            .input(first)
            .type("T", type)
            .attribute("frame_name", FRAME)
            .attribute("is_constant", false)
            .attribute("parallel_iterations", 1)
            .add();
    return graph
        .node("Merge", NAME + variable + "/merge")
        .input(enter, NAME + variable + "/again")
        .type("T", type)
        .attribute("N", 2)
        .add();
  }

  private String body(String variable, String condition, DataType type) {
    String turn =
        graph
            .node("Switch", NAME + variable + "/switch")
            .input(NAME + variable + "/merge", condition)
            .type("T", type)
            .add();
    return graph
        .node("Identity", NAME + variable + "/body")
        .input(turn + ":1")
        .type("T", type)
        .add();
  }

  private void again(String variable, String value, DataType type) {
    graph.node("NextIteration", NAME + variable + "/again").input(value).type("T", type).add();
  }

  private String exit(String variable, DataType type) {
    return graph
        .node("Exit", NAME + variable + "/exit")
        .input(NAME + variable + "/switch")
        .type("T", type)
        .add();
  }
}
