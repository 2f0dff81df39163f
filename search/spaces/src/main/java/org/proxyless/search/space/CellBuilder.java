package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Coupling;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Concat;
import org.proxyless.network.operators.FactorizedReduction;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.ReluConv;
import org.proxyless.network.operators.Zero;

/**
 * Lays cells out as a graph of blocks: a stem, cells that each take what the two before them give,
 * and the classifier (Liu et al., DARTS, 2019; the forms of their code). What a cell is given is
 * brought to its channels by ReLU, 1×1 convolution and batch normalisation, or, behind a reduction,
 * the older of the two by a factorised reduction. All cells of a kind follow the same decisions.
 */
final class CellBuilder {
  private static final int STEM_FACTOR = 3;

  private final SpaceFile.Cells cells;
  private final CellWiring normal;
  private final CellWiring reduction;
  private final int channels;
  private final List<BlockGraph.Block> blocks = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> edgeNames = new ArrayList<>();
  private final List<Coupling> couplings = new ArrayList<>();

  CellBuilder(SpaceFile file, Width width) {
    this.cells = file.cells();
    this.channels = width.of(cells.channels());
    List<OperatorType> types = file.candidates().stream().map(SpaceFile.Type::type).toList();
    this.normal = wiring("normal", cells.normal(), cells.normalOutput(), types);
    this.reduction = wiring("reduction", cells.reduction(), cells.reductionOutput(), types);
  }

  private CellWiring wiring(
      String cell, List<String> written, List<Integer> output, List<OperatorType> types) {
    return written == null
        ? CellWiring.chosen(cells.nodes(), cells.kept(), types, output)
        : CellWiring.written(cell, written, output);
  }

  SearchSpace build(String name, Shape input, int classes) {
    int normalFirst = declare("normal", normal);
    int reductionFirst = declare("reduction", reduction);
    int[] given = stem(input);
    int width = channels;
    boolean halved = cells.stem() == SpaceFile.Cells.Stem.CONV_HALVING;
    for (int cell = 0; cell < cells.layers(); cell++) {
      boolean reduces = cell == cells.layers() / 3 || cell == 2 * cells.layers() / 3;
      width = reduces ? 2 * width : width;
      String cellName = (reduces ? "reduction" : "cell") + (cell + 1);
      int output =
          reduces
              ? add(cellName, reduction, reductionFirst, given, halved, width, 2)
              : add(cellName, normal, normalFirst, given, halved, width, 1);
      given = new int[] {given[1], output};
      halved = reduces;
    }
    add("classifier", new Operator(new Classifier(), shape(given[1]), classes, 1, false), given[1]);
    return new SearchSpace(name, new BlockGraph(blocks, couplings), names, edgeNames);
  }

  /** Names the decisions of a cell, and couples those of each node. */
  private int declare(String cell, CellWiring wiring) {
    int first = edgeNames.size();
    for (int n = 0; n < wiring.nodes().size() && wiring.isChosen(); n++) {
      List<CellWiring.Edge> edges = wiring.nodes().get(n);
      int[] sizes = edges.stream().mapToInt(edge -> edge.candidates().size()).toArray();
      couplings.add(Coupling.keeping(edgeNames.size(), sizes, wiring.kept()));
      for (CellWiring.Edge edge : edges) {
        edgeNames.add(cell + "." + (n + 2) + "←" + edge.from());
      }
    }
    return first;
  }

  /** What the first cell is given: the older and the newer. */
  private int[] stem(Shape input) {
    if (cells.stem() == SpaceFile.Cells.Stem.CONV) {
      int stem =
          add("stem", new Operator(new PlainConv(3), input, STEM_FACTOR * channels, 1, false), -1);
      return new int[] {stem, stem};
    }
    int first = add("stem1", new Operator(new ReluConv(3), input, channels / 2, 2, false), -1);
    int older =
        add("stem2", new Operator(new PlainConv(3), shape(first), channels, 2, false), first);
    int newer = add("stem3", new Operator(new PreConv(3), shape(older), channels, 2, false), older);
    return new int[] {older, newer};
  }

  /** A cell; returns the block that gives its output. */
  private int add(
      String cell,
      CellWiring wiring,
      int firstDecision,
      int[] given,
      boolean halved,
      int width,
      int stride) {
    List<Integer> states = new ArrayList<>();
    states.add(add(cell + ".0", fitting(shape(given[0]), width, halved), given[0]));
    states.add(add(cell + ".1", fitting(shape(given[1]), width, false), given[1]));
    int decision = firstDecision;
    for (List<CellWiring.Edge> edges : wiring.nodes()) {
      List<Integer> terms = new ArrayList<>();
      String node = cell + "." + states.size();
      for (CellWiring.Edge edge : edges) {
        terms.add(addEdge(node, edge, states, stride, wiring.isChosen() ? decision++ : -1));
      }
      int kept = wiring.isChosen() ? wiring.kept() : terms.size();
      states.add(kept == 1 && terms.size() == 1 ? terms.get(0) : addSum(node, terms, kept));
    }
    return addOutput(cell, wiring.output().stream().map(states::get).toList());
  }

  /** What brings a feature map to a cell's channels and size. */
  private static Operator fitting(Shape given, int width, boolean halved) {
    return halved
        ? new Operator(new FactorizedReduction(), given, width, 2, false)
        : new Operator(new PreConv(1), given, width, 1, false);
  }

  private int addEdge(
      String node, CellWiring.Edge edge, List<Integer> states, int stride, int decision) {
    int from = states.get(edge.from());
    Shape given = shape(from);
    int ownStride = edge.from() < 2 ? stride : 1;
    List<Operator> operators =
        edge.candidates().stream().map(type -> operator(type, given, ownStride)).toList();
    blocks.add(
        new BlockGraph.Block(
            operators, List.of(from), operators.size() == 1 ? BlockGraph.FIXED : decision));
    names.add(node + "←" + edge.from());
    return blocks.size() - 1;
  }

  /** The identity where the size stays; a factorised reduction stands for it elsewhere. */
  private static Operator operator(OperatorType type, Shape given, int stride) {
    boolean skips = type instanceof Zero;
    return skips && stride > 1
        ? new Operator(new FactorizedReduction(), given, given.channels(), stride, false)
        : new Operator(type, given, given.channels(), stride, skips);
  }

  private int addSum(String node, List<Integer> terms, int kept) {
    Shape shape = shape(terms.get(0));
    Operator sum = new Operator(new Add(Math.max(2, kept)), shape, shape.channels(), 1, false);
    blocks.add(new BlockGraph.Block(List.of(sum), terms, BlockGraph.FIXED));
    names.add(node);
    return blocks.size() - 1;
  }

  private int addOutput(String cell, List<Integer> states) {
    Shape shape = shape(states.get(0));
    Operator all =
        new Operator(new Concat(states.size()), shape, states.size() * shape.channels(), 1, false);
    blocks.add(new BlockGraph.Block(List.of(all), states, BlockGraph.FIXED));
    names.add(cell);
    return blocks.size() - 1;
  }

  private int add(String name, Operator operator, int input) {
    blocks.add(new BlockGraph.Block(List.of(operator), List.of(input), BlockGraph.FIXED));
    names.add(name);
    return blocks.size() - 1;
  }

  private Shape shape(int block) {
    return blocks.get(block).candidates().get(0).output();
  }
}
