package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.AveragePool;
import org.proxyless.network.operators.Concat;
import org.proxyless.network.operators.FactorizedReduction;
import org.proxyless.network.operators.From;
import org.proxyless.network.operators.LooseEnds;
import org.proxyless.network.operators.MaxPool;
import org.proxyless.network.operators.NarrowingSepConv;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.PlainReduction;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.ReluClassifier;
import org.proxyless.network.operators.SepConv;
import org.proxyless.network.operators.UnbiasedClassifier;
import org.proxyless.network.operators.ValidConv;
import org.proxyless.network.operators.Zero;

/**
 * Lays out the cells of NASNet (Zoph et al., 2018) and of ENAS's micro space (Pham et al., 2018),
 * whose nodes take two states each, in the forms of their code. State 0 is what the cell before
 * last gave, 1 what the last one did.
 *
 * <p>NASNet puts reduction cells between its normal cells. The newer input comes through ReLU, 1×1
 * convolution and normalisation; the older one does where its channels differ, or through a
 * factorised reduction where its size does. The identity with a stride, or to other channels, is
 * such a convolution. In ENAS two of the cells are reduction cells; the newer input comes through
 * two such convolutions where its channels differ; the identity with a stride is a factorised
 * reduction.
 *
 * <p>Of a cell that is chosen each node has two sides, each with a decision about its operator and
 * one about the state it takes. The states that no node takes are brought to the cell's channels
 * together ({@link LooseEnds}). Both inputs are fitted in any case; in ENAS's reduction cells they
 * are halved there, and the cell itself has no stride, as while ENAS searches.
 */
final class NodeCells {
  private static final int STEM_FACTOR = 3;
  private static final List<String> SIDES = List.of("a", "b");
  private static final int REDUCTIONS = 2;

  /** As the index of what a cell is given: there is none before the stem. */
  private static final int NOTHING = -2;

  private final SpaceFile.Cells cells;
  private final boolean nasnet;
  private final Kind normal;
  private final Kind reduction;
  private final int channels;
  private final List<OperatorType> types;
  private final List<BlockGraph.Block> blocks = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> edgeNames = new ArrayList<>();

  /** A kind of cell: as written, or chosen. */
  private static final class Kind {
    final String name;
    final Optional<CellWiring> wiring;

    /** The first of its decisions, once a cell of the kind was laid out. */
    OptionalInt firstDecision = OptionalInt.empty();

    Kind(String name, Optional<CellWiring> wiring) {
      this.name = name;
      this.wiring = wiring;
    }
  }

  NodeCells(SpaceFile file, Width width) {
    this.cells = file.cells();
    this.nasnet = cells.form() == SpaceFile.Cells.Form.NASNET;
    this.channels = width.of(cells.channels());
    this.types = file.candidates().stream().map(SpaceFile.Type::type).toList();
    this.normal = kind("normal", cells.normal(), cells.normalOutput());
    this.reduction = kind("reduction", cells.reduction(), cells.reductionOutput());
  }

  private static Kind kind(String cell, List<String> written, List<Integer> output) {
    return new Kind(
        cell, Optional.ofNullable(written).map(w -> CellWiring.written(cell, w, output)));
  }

  SearchSpace build(String name, Shape input, int classes) {
    List<Integer> outputs = nasnet ? nasnet(input) : enas(input);
    int last = outputs.get(outputs.size() - 1);
    OperatorType classifier = nasnet ? new ReluClassifier() : new UnbiasedClassifier();
    add("classifier", classifier, classes, 1, last);
    return new SearchSpace(name, new BlockGraph(blocks, List.of()), names, edgeNames);
  }

  /** All cells' outputs, two of the stem first. */
  private List<Integer> nasnet(Shape input) {
    List<Integer> outputs = new ArrayList<>(List.of(NOTHING));
    if (cells.stem() == SpaceFile.Cells.Stem.CONV_REDUCTIONS) {
      outputs.add(addStem(new ValidConv(3), input, cells.stemChannels(), 2));
      for (int cell = 1; cell <= REDUCTIONS; cell++) {
        int width = channels >> REDUCTIONS + 1 - cell;
        addCell("stem" + cell, reduction, outputs, before(outputs), width, 2);
      }
    } else {
      outputs.add(addStem(new PlainConv(3), input, STEM_FACTOR * channels, 1));
    }
    int width = channels;
    for (int cell = 0; cell < cells.layers(); cell++) {
      int older = before(outputs);
      if (cell > 0 && isReduction(cell)) {
        width *= 2;
        addCell("reduction" + (cell + 1), reduction, outputs, older, width, 2);
        older = cells.skipsReductionInput() ? older : before(outputs);
      }
      addCell("cell" + (cell + 1), normal, outputs, older, width, 1);
    }
    return outputs;
  }

  private boolean isReduction(int cell) {
    return cell == cells.layers() / 3 || cell == 2 * cells.layers() / 3;
  }

  private List<Integer> enas(Shape input) {
    int stem = addStem(new PlainConv(3), input, STEM_FACTOR * channels, 1);
    List<Integer> outputs = new ArrayList<>(List.of(stem, stem));
    int width = channels;
    for (int cell = 0; cell < cells.layers() + REDUCTIONS; cell++) {
      boolean reduces = cell == cells.layers() / 3 || cell == 2 * (cells.layers() / 3) + 1;
      width = reduces ? 2 * width : width;
      String cellName = (reduces ? "reduction" : "cell") + (cell + 1);
      Kind kind = reduces ? reduction : normal;
      addCell(cellName, kind, outputs, before(outputs), width, reduces ? 2 : 1);
    }
    return outputs;
  }

  private static int before(List<Integer> outputs) {
    return outputs.get(outputs.size() - 2);
  }

  private int addStem(OperatorType type, Shape input, int width, int stride) {
    blocks.add(
        new BlockGraph.Block(
            List.of(new Operator(type, input, width, stride, false)),
            List.of(-1),
            BlockGraph.FIXED));
    names.add("stem");
    return 0;
  }

  /** Adds a cell whose output is the next of these. */
  private void addCell(
      String cell, Kind kind, List<Integer> outputs, int older, int width, int stride) {
    int newer = outputs.get(outputs.size() - 1);
    outputs.add(
        kind.wiring.isPresent()
            ? addWritten(cell, kind.wiring.get(), older, newer, width, stride)
            : addChosen(cell, kind, older == NOTHING ? newer : older, newer, width, stride));
  }

  private int addWritten(
      String cell, CellWiring wiring, int older, int newer, int width, int stride) {
    List<Integer> states = new ArrayList<>();
    states.add(older == NOTHING ? newer : fitted(cell + ".0", older, newer, width));
    states.add(newer(cell + ".1", newer, width));
    for (List<CellWiring.Edge> edges : wiring.nodes()) {
      String node = cell + "." + states.size();
      List<Integer> terms = new ArrayList<>();
      for (CellWiring.Edge edge : edges) {
        int ownStride = edge.from() < 2 ? stride : 1;
        String name = node + (terms.isEmpty() ? "←" : "⇐") + edge.from();
        OperatorType type = edge.candidates().get(0);
        terms.add(addEdge(name, type, states.get(edge.from()), width, ownStride));
      }
      Shape shape = shape(terms.get(0));
      states.add(add(node, new Operator(new Add(terms.size()), shape, width, 1, false), terms));
    }
    return addOutput(cell, wiring.output(), states, width);
  }

  private int addChosen(String cell, Kind kind, int older, int newer, int width, int stride) {
    int inside = nasnet ? stride : 1;
    int before = nasnet ? 1 : stride;
    List<Integer> states = new ArrayList<>();
    boolean larger = shape(older).height() != shape(newer).height();
    // Of an older input that a reduction was behind the half is as large as the newer one.
    int halved = larger ? add(cell + ".0.half", new FactorizedReduction(), width, 2, older) : older;
    states.add(addFitted(cell + ".0", halved, width, before, larger));
    states.add(addFitted(cell + ".1", newer, width, before, false));
    List<Integer> ends = new ArrayList<>();
    for (int input = 0; input < 2; input++) {
      ends.add(
          inside > 1
              ? add(cell + ".out" + input, new PlainReduction(), width, 2, states.get(input))
              : states.get(input));
    }
    if (kind.firstDecision.isEmpty()) {
      kind.firstDecision = OptionalInt.of(edgeNames.size());
      for (int node = 2; node < cells.nodes() + 2; node++) {
        for (String side : SIDES) {
          edgeNames.add(kind.name + "." + node + side + ".operator");
          edgeNames.add(kind.name + "." + node + side + ".input");
        }
      }
    }
    int decision = kind.firstDecision.getAsInt();
    for (int n = 0; n < cells.nodes(); n++) {
      String node = cell + "." + states.size();
      List<Integer> terms = new ArrayList<>();
      for (String side : SIDES) {
        terms.add(addSide(node + side, states, width, inside, decision));
        decision += 2;
      }
      Shape shape = shape(terms.get(0));
      states.add(add(node, new Operator(new Add(2), shape, width, 1, false), terms));
      ends.add(states.get(states.size() - 1));
    }
    Shape shape = shape(ends.get(0));
    return add(cell, new Operator(new LooseEnds(ends.size()), shape, width, 1, false), ends);
  }

  /** Brought to a cell's channels, and to half the size where the cell begins with that. */
  private int addFitted(String name, int given, int width, int stride, boolean isFitted) {
    if (isFitted && stride == 1) {
      return given;
    }
    return stride == 1
        ? add(name, new PreConv(1), width, 1, given)
        : add(name, new FactorizedReduction(), width, 2, given);
  }

  /** One side of a node: an edge from each state before it, and what chooses among them. */
  private int addSide(String side, List<Integer> states, int width, int stride, int decision) {
    List<Integer> edges = new ArrayList<>();
    List<Operator> inputs = new ArrayList<>();
    for (int from = 0; from < states.size(); from++) {
      Shape given = shape(states.get(from));
      int ownStride = from < 2 ? stride : 1;
      List<Operator> operators =
          types.stream().map(type -> candidate(type, given, width, ownStride)).toList();
      blocks.add(
          new BlockGraph.Block(
              operators,
              List.of(states.get(from)),
              operators.size() == 1 ? BlockGraph.FIXED : decision));
      names.add(side + "←" + from);
      edges.add(blocks.size() - 1);
      inputs.add(new Operator(new From(from), shape(edges.get(0)), width, 1, true));
    }
    blocks.add(new BlockGraph.Block(inputs, edges, decision + 1));
    names.add(side);
    return blocks.size() - 1;
  }

  /** The identity where the size stays; what stands for it elsewhere. */
  private Operator candidate(OperatorType type, Shape given, int width, int stride) {
    boolean skips = type instanceof Zero;
    return new Operator(
        skips && stride > 1 ? new PreConv(1) : type, given, width, stride, skips && stride == 1);
  }

  /**
   * What the older input is to a cell: as large as what the newer one gives, and as many channels.
   */
  private int fitted(String name, int older, int newer, int width) {
    if (shape(older).height() != shape(newer).height()) {
      return add(name, new FactorizedReduction(), width, 2, older);
    }
    return shape(older).channels() == width ? older : add(name, new PreConv(1), width, 1, older);
  }

  private int newer(String name, int newer, int width) {
    int fitted =
        nasnet || shape(newer).channels() == width
            ? newer
            : add(name + ".fit", new PreConv(1), width, 1, newer);
    return add(name, new PreConv(1), width, 1, fitted);
  }

  private int addEdge(String name, OperatorType type, int from, int width, int stride) {
    Shape given = shape(from);
    boolean same = given.channels() == width;
    if (type instanceof Zero && (stride > 1 || !same)) {
      return add(name, nasnet ? new PreConv(1) : new PlainReduction(), width, stride, from);
    }
    if (type instanceof Zero) {
      return add(name, new Operator(type, given, width, 1, true), List.of(from));
    }
    if (!same && (type instanceof MaxPool || type instanceof AveragePool)) {
      int pool = add(name + ".pool", type, given.channels(), stride, from);
      return add(name, new PlainConv(1), width, 1, pool);
    }
    boolean narrows = !same && type instanceof SepConv;
    OperatorType own = narrows ? new NarrowingSepConv(((SepConv) type).kernel()) : type;
    return add(name, own, width, stride, from);
  }

  /** The states of the output, as large as the last of them. */
  private int addOutput(String cell, List<Integer> output, List<Integer> states, int width) {
    List<Integer> given = new ArrayList<>();
    Shape wanted = shape(states.get(states.size() - 1));
    for (int state : output) {
      int block = states.get(state);
      String name = cell + ".out" + state;
      if (shape(block).height() != wanted.height()) {
        given.add(add(name, new PlainReduction(), width, 2, block));
      } else if (shape(block).channels() != width) {
        given.add(add(name, new PlainConv(1), width, 1, block));
      } else {
        given.add(block);
      }
    }
    int all = given.size() * width;
    return add(cell, new Operator(new Concat(given.size()), wanted, all, 1, false), given);
  }

  private int add(String name, OperatorType type, int outputChannels, int stride, int input) {
    Operator operator = new Operator(type, shape(input), outputChannels, stride, false);
    return add(name, operator, List.of(input));
  }

  private int add(String name, Operator operator, List<Integer> inputs) {
    blocks.add(new BlockGraph.Block(List.of(operator), inputs, BlockGraph.FIXED));
    names.add(name);
    return blocks.size() - 1;
  }

  private Shape shape(int block) {
    return blocks.get(block).candidates().get(0).output();
  }
}
