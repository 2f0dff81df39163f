package org.proxyless.search.recurrent.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.search.recurrent.cell.Activation;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.cell.RecurrentSpace.Sharing;
import org.proxyless.search.recurrent.cell.WiredCell;
import org.tensorflow.proto.DataType;

/**
 * The weights that all models of a space share. A narrower model has the first rows and columns of
 * the widest one's. Which model runs is fed as numbers.
 */
final class SharedModel implements ModelNodes {
  /** Input: int32 [], the width. */
  static final String WIDTH = "width";

  /** Input: int32 [], the rank of the embedding. */
  static final String RANK = "rank";

  /** Input: int32 [], how many nodes the cell has. */
  static final String NODES = "nodes";

  /** Input: int32 [most nodes], the activation of each. */
  static final String ACTIVATIONS = "activations";

  /** Input: int32 [most nodes], the state that each takes. */
  static final String PREDECESSORS = "predecessors";

  private static final String MATRICES = "matrices";

  private final Tape tape;
  private final GraphWriter graph;
  private final RecurrentSpace space;
  private final boolean factorised;
  private final List<Parameter> parameters = new ArrayList<>();

  /** What was taken of each parameter: all of it, or the copy that was chosen. */
  private final Map<Parameter, String> taken = new LinkedHashMap<>();

  private final Map<Parameter, String> copies = new LinkedHashMap<>();
  private final Set<String> elements = new HashSet<>();

  SharedModel(Tape tape, RecurrentSpace space, int vocabulary) {
    this.tape = tape;
    this.space = space;
    graph = tape.graph();
    factorised = !space.ranks().isEmpty();
    graph.placeholder(WIDTH, DataType.DT_INT32);
    graph.placeholder(NODES, DataType.DT_INT32);
    graph.placeholder(ACTIVATIONS, DataType.DT_INT32, space.mostNodes());
    graph.placeholder(PREDECESSORS, DataType.DT_INT32, space.mostNodes());
    if (factorised) {
      graph.placeholder(RANK, DataType.DT_INT32);
    }
    declare(vocabulary);
  }

  private void declare(int vocabulary) {
    int d = space.widest();
    whole(Architecture.EMBEDDING, vocabulary, factorised ? space.largestRank() : d);
    if (factorised) {
      whole(Architecture.PROJECTION, space.largestRank(), d);
    }
    whole(WiredCell.weight(0), 2, d, 2, d);
    for (int n = 1; n <= space.mostNodes(); n++) {
      if (space.sharing() == Sharing.BY_NODE) {
        whole(WiredCell.weight(n), d, 2, d);
      } else {
        choice(n, d);
      }
    }
    if (space.sharing() == Sharing.BY_NODE) {
      whole(Architecture.BIAS, vocabulary);
    }
  }

  private void whole(String name, long... extents) {
    Parameter parameter = new Parameter(name, 1, extents);
    parameters.add(parameter);
    parameter.declare(graph, name);
    taken.put(parameter, Parameter.read(name));
  }

  /** One matrix for each activation and predecessor of a node, of which a step uses one. */
  private void choice(int node, int width) {
    String name = WiredCell.weight(node);
    Parameter parameter = new Parameter(name, Activation.values().length * node, width, 2, width);
    parameters.add(parameter);
    parameter.declare(graph, name);
    String place =
        integers(
            "AddV2",
            name + "/place",
            integers("Mul", name + "/first", element(ACTIVATIONS, node - 1), tape.integer(node)),
            element(PREDECESSORS, node - 1));
    taken.put(
        parameter,
        graph
            .node("ResourceGather", name + "/copy")
            .input(name, place)
            .type("dtype", DataType.DT_FLOAT)
            .type("Tindices", DataType.DT_INT32)
            .add());
    copies.put(
        parameter,
        graph
            .node("ExpandDims", name + "/places")
            .input(place, tape.integer(0))
            .type("T", DataType.DT_INT32)
            .type("Tdim", DataType.DT_INT32)
            .add());
  }

  private String integers(String operation, String name, String... inputs) {
    return graph.node(operation, name).input(inputs).type("T", DataType.DT_INT32).add();
  }

  private String element(String vector, int index) {
    String name = vector + "/of" + index;
    if (!elements.add(name)) {
      return name;
    }
    return graph
        .node("GatherV2", name)
        .input(vector, tape.integer(index), tape.integer(0))
        .type("Tparams", DataType.DT_INT32)
        .type("Tindices", DataType.DT_INT32)
        .type("Taxis", DataType.DT_INT32)
        .add();
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  private String taken(String name) {
    return taken.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private String sizes(String name, String... numbers) {
    return graph
        .node("Pack", name + "/sizes")
        .input(numbers)
        .type("T", DataType.DT_INT32)
        .attribute("N", numbers.length)
        .add();
  }

  @Override
  public String embedded(String tokens) {
    String rows = tape.rows(taken(Architecture.EMBEDDING), tokens);
    return tape.first(rows, sizes("embedded", tape.integer(-1), factorised ? RANK : WIDTH), 2);
  }

  @Override
  public String decoder() {
    String size = factorised ? RANK : WIDTH;
    return tape.first(taken(Architecture.EMBEDDING), sizes("decoder", tape.integer(-1), size), 2);
  }

  @Override
  public Optional<String> projection() {
    return factorised
        ? Optional.of(
            tape.first(taken(Architecture.PROJECTION), sizes("projection", RANK, WIDTH), 2))
        : Optional.empty();
  }

  @Override
  public String width() {
    return WIDTH;
  }

  @Override
  public Optional<String> bias() {
    return space.sharing() == Sharing.BY_NODE
        ? Optional.of(taken(Architecture.BIAS))
        : Optional.empty();
  }

  @Override
  public CellNodes cell(UnaryOperator<String> mask) {
    String two = tape.integer(2);
    String columns = integers("Mul", MATRICES + "/columns", WIDTH, two);
    String shape = sizes(MATRICES + "/shape", tape.integer(-1), columns);
    List<String> matrices = new ArrayList<>();
    for (int n = 0; n <= space.mostNodes(); n++) {
      String name = WiredCell.weight(n);
      String narrow =
          n == 0
              ? tape.first(taken(name), sizes(name, two, WIDTH, two, WIDTH), 4)
              : tape.first(taken(name), sizes(name, WIDTH, two, WIDTH), 3);
      matrices.add(tape.reshaped(narrow, shape));
    }
    return new ChosenNodes(
        tape,
        matrices::get,
        mask,
        choices(ACTIVATIONS, n -> Activation.values().length),
        choices(PREDECESSORS, n -> n),
        outputShares());
  }

  private List<ChosenNodes.Choice> choices(String input, IntUnaryOperator options) {
    return IntStream.rangeClosed(1, space.mostNodes())
        .mapToObj(
            n -> {
              String index = element(input, n - 1);
              return new ChosenNodes.Choice(
                  index, oneHot(input + "/shares" + n, index, options.applyAsInt(n)));
            })
        .toList();
  }

  private String oneHot(String name, String index, int options) {
    String shares =
        graph
            .node("OneHot", name)
            .input(index, tape.integer(options), tape.number(1), tape.number(0))
            .floats()
            .type("TI", DataType.DT_INT32)
            .add();
    return onItsOwnAxis(name, shares);
  }

  private String onItsOwnAxis(String name, String vector) {
    return graph
        .node("Reshape", name + "/column")
        .input(vector, tape.integers(-1, 1, 1))
        .floats()
        .type("Tshape", DataType.DT_INT32)
        .add();
  }

  /** 1/n for the first n nodes, 0 for those that are not there. */
  private String outputShares() {
    int[] places = IntStream.range(0, space.mostNodes()).toArray();
    String there =
        graph
            .node("Less", "output/there")
            .input(tape.integers(places), NODES)
            .type("T", DataType.DT_INT32)
            .add();
    String ones = cast("output/ones", there, DataType.DT_BOOL);
    String number = cast("output/number", NODES, DataType.DT_INT32);
    String shares = graph.node("RealDiv", "output/shares").input(ones, number).floats().add();
    return onItsOwnAxis("output/shares", shares);
  }

  private String cast(String name, String value, DataType from) {
    return graph
        .node("Cast", name)
        .input(value)
        .type("SrcT", from)
        .type("DstT", DataType.DT_FLOAT)
        .add();
  }

  @Override
  public List<Descent.Update> updates() {
    return parameters.stream()
        .map(
            parameter -> {
              String value = taken.get(parameter);
              return new Descent.Update(
                  parameter, value, tape.gradient(value), copies.getOrDefault(parameter, ""));
            })
        .toList();
  }
}
