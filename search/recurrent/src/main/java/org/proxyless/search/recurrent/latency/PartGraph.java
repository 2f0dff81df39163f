package org.proxyless.search.recurrent.latency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.search.recurrent.cell.Activation;
import org.proxyless.search.recurrent.cell.Cell;
import org.proxyless.search.recurrent.cell.Cell.Weight;
import org.proxyless.search.recurrent.cell.GatedCell;
import org.proxyless.search.recurrent.cell.WiredCell;
import org.proxyless.search.recurrent.cell.WiredCell.Node;
import org.proxyless.search.recurrent.train.CellNodes;
import org.proxyless.search.recurrent.train.Tape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/**
 * A call from which the time of a part follows: with a cell of one node for state 0, with one of
 * eight nodes for a node, since a token reads as much there as in a model and caches are as full. A
 * part that is no call includes one: the difference to a call that does nothing is the part's.
 */
final class PartGraph {
  /** Input: int32 [1]. */
  static final String TOKEN = "token";

  /** Input: float [1, state size]. */
  static final String STATE = "state";

  /** Output: float [1, vocabulary]. */
  static final String PROBABILITIES = "probabilities";

  /** Output: float [1, state size]. */
  static final String NEXT = "next";

  /** As many nodes as DARTS's cell has. */
  static final int NODES = 8;

  private final Part part;
  private final int vocabulary;
  private final RandomGenerator random;
  private final GraphWriter graph = new GraphWriter();
  private final Tape tape = new Tape(graph, "p/");

  PartGraph(Part part, int vocabulary, RandomGenerator random) {
    this.part = part;
    this.vocabulary = vocabulary;
    this.random = random;
  }

  /** How many numbers the state has that the graph takes. */
  static int stateSize(Part part) {
    return part.kind() == Part.Kind.LSTM ? 2 * part.width() : part.width();
  }

  GraphDef build() {
    graph.placeholder(TOKEN, DataType.DT_INT32, 1);
    graph.placeholder(STATE, DataType.DT_FLOAT, 1, stateSize(part));
    switch (part.kind()) {
      case CALL -> finish(constantRow(), STATE);
      case VOCABULARY -> vocabulary();
      case FIRST -> wired(Activation.IDENTITY, 1);
      case LSTM, GRU ->
          cell(
              GatedCell.valueOf(part.kind().name()),
              tape.parts(STATE, 1, stateSize(part) / part.width()).get(0));
      default -> wired(Activation.valueOf(part.kind().name()), NODES);
    }
    return graph.build();
  }

  private void finish(String probabilities, String state) {
    graph.node("Identity", PROBABILITIES).input(probabilities).floats().add();
    graph.node("Identity", NEXT).input(state).floats().add();
  }

  /** Made anew at each call, as probabilities are. */
  private String constantRow() {
    return graph
        .node("AddV2", "row")
        .input(
            weight("row/constant", 1, vocabulary),
            graph
                .node("Cast", "row/token")
                .input(TOKEN)
                .type("SrcT", DataType.DT_INT32)
                .type("DstT", DataType.DT_FLOAT)
                .add())
        .floats()
        .add();
  }

  private void vocabulary() {
    int d = part.width();
    int r = part.rank() == 0 ? d : part.rank();
    String table = weight("table", vocabulary, r);
    String row = tape.rows(table, TOKEN);
    String projection = part.rank() == 0 ? "" : weight("projection", r, d);
    String input = part.rank() == 0 ? row : tape.product(row, projection);
    String state = tape.sum(input, STATE);
    String output = part.rank() == 0 ? state : tape.productWithTransposed(state, projection);
    String logits =
        tape.biased(tape.productWithTransposed(output, table), vector("bias", vocabulary));
    finish(graph.node("Softmax", "softmax").input(logits).floats().add(), state);
  }

  private void wired(Activation activation, int number) {
    List<Node> nodes = new ArrayList<>();
    for (int n = 0; n < number; n++) {
      nodes.add(new Node(activation, n));
    }
    cell(WiredCell.of(nodes.toArray(Node[]::new)), STATE);
  }

  private void cell(Cell cell, String input) {
    Map<String, String> own = new HashMap<>();
    for (Weight weight : cell.weights(part.width())) {
      own.put(
          weight.name(),
          weight.rows() == 1
              ? vector(weight.name(), weight.columns())
              : weight(weight.name(), weight.rows(), weight.columns()));
    }
    finish(constantRow(), CellNodes.of(cell, tape, own::get, x -> x).step(input, STATE).state());
  }

  private String weight(String name, int rows, int columns) {
    return graph.constant(name, values(rows * columns, rows), rows, columns);
  }

  private String vector(String name, int size) {
    return graph.constant(name, values(size, size), size);
  }

  private float[] values(int number, int fanIn) {
    float[] values = new float[number];
    for (int i = 0; i < number; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(fanIn));
    }
    return values;
  }
}
