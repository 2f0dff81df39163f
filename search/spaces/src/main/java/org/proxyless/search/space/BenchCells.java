package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Coupling;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.AddConnected;
import org.proxyless.network.operators.AveragePool;
import org.proxyless.network.operators.None;
import org.proxyless.network.operators.NormClassifier;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.Pointwise;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.Zero;

/**
 * Lays the cells of NAS-Bench-201 out (Dong and Yang, 2020; the form of their code): a convolution,
 * three stages of cells that are all wired alike, a residual block that halves the size and doubles
 * the channels between two stages, and a classifier behind a batch normalisation. State 0 of a cell
 * is what it is given; states 1, 2 and 3 are sums of edges from all states before them; state 3 is
 * what it gives. The six edges are the decisions, in the order 1←0, 2←0, 2←1, 3←0, 3←1, 3←2.
 *
 * <p>An edge that leads nowhere, or comes from nothing, makes no difference: of the choices that
 * differ in such edges alone the one without them counts, and those that join nothing to the end
 * count not at all ({@link #combinations}).
 */
final class BenchCells {
  static final int STAGES = 3;

  /** The space that ships. */
  static final String SPACE = "nas-bench-201";

  /** What edge e takes. */
  private static final int[] FROM = {0, 0, 1, 0, 1, 2};

  /** What edge e leads to. */
  private static final int[] TO = {1, 2, 2, 3, 3, 3};

  private static final int LAST = 3;

  private final SpaceFile.Cells cells;
  private final int channels;
  private final List<OperatorType> types = new ArrayList<>();
  private final List<BlockGraph.Block> blocks = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  BenchCells(SpaceFile file, Width width) {
    this.cells = file.cells();
    this.channels = width.of(cells.channels());
    types.add(new None());
    file.candidates().forEach(type -> types.add(type.type()));
  }

  SearchSpace build(String name, Shape input, int classes) {
    int last = add("stem", new PlainConv(3), input, channels, 1, -1);
    for (int stage = 1; stage <= STAGES; stage++) {
      if (stage > 1) {
        last = addResidual("residual" + (stage - 1), last);
      }
      for (int cell = 1; cell <= cells.layers() / STAGES; cell++) {
        last = addCell("stage" + stage + "." + cell, last);
      }
    }
    add("classifier", new NormClassifier(), shape(last), classes, 1, last);
    List<String> edges = new ArrayList<>();
    for (int edge = 0; edge < FROM.length; edge++) {
      edges.add(TO[edge] + "←" + FROM[edge]);
    }
    Coupling coupling = new Coupling(0, combinations(types.size()));
    return new SearchSpace(name, new BlockGraph(blocks, List.of(coupling)), names, edges);
  }

  /**
   * All choices whose edges, but for those that are none, all lie on ways from the first state to
   * the last, of which there is one.
   *
   * @param options of each edge, the first of which is none
   */
  static List<List<Integer>> combinations(int options) {
    List<List<Integer>> combinations = new ArrayList<>();
    int[] choice = new int[FROM.length];
    int count = (int) Math.pow(options, FROM.length);
    for (int i = 0; i < count; i++) {
      int rest = i;
      for (int edge = FROM.length - 1; edge >= 0; edge--) {
        choice[edge] = rest % options;
        rest /= options;
      }
      if (Arrays.equals(alive(choice), choice) && choice[3] + choice[4] + choice[5] > 0) {
        combinations.add(Arrays.stream(choice).boxed().toList());
      }
    }
    return combinations;
  }

  /** The choice without the edges that lead nowhere or come from nothing: none in their place. */
  static int[] alive(int[] choice) {
    boolean[] reached = {true, false, false, false};
    boolean[] wanted = {false, false, false, true};
    for (int edge = 0; edge < FROM.length; edge++) {
      reached[TO[edge]] |= choice[edge] > 0 && reached[FROM[edge]];
    }
    for (int edge = FROM.length - 1; edge >= 0; edge--) {
      wanted[FROM[edge]] |= choice[edge] > 0 && wanted[TO[edge]];
    }
    int[] alive = new int[choice.length];
    for (int edge = 0; edge < FROM.length; edge++) {
      alive[edge] = reached[FROM[edge]] && wanted[TO[edge]] ? choice[edge] : 0;
    }
    return alive;
  }

  /** The state that an edge takes. */
  static int from(int edge) {
    return FROM[edge];
  }

  /** The state that it leads to. */
  static int to(int edge) {
    return TO[edge];
  }

  private int addCell(String cell, int given) {
    List<Integer> states = new ArrayList<>(List.of(given));
    Shape shape = shape(given);
    for (int state = 1; state <= LAST; state++) {
      List<Integer> terms = new ArrayList<>();
      for (int edge = 0; edge < FROM.length; edge++) {
        if (TO[edge] == state) {
          terms.add(addEdge(cell + "." + state + "←" + FROM[edge], edge, states.get(FROM[edge])));
        }
      }
      states.add(
          terms.size() == 1
              ? terms.get(0)
              : add(
                  cell + (state == LAST ? "" : "." + state),
                  new Operator(new AddConnected(terms.size()), shape, shape.channels(), 1, false),
                  terms));
    }
    return states.get(LAST);
  }

  private int addEdge(String name, int edge, int from) {
    Shape shape = shape(from);
    List<Operator> operators =
        types.stream()
            .map(type -> new Operator(type, shape, shape.channels(), 1, type instanceof Zero))
            .toList();
    blocks.add(new BlockGraph.Block(operators, List.of(from), edge));
    names.add(name);
    return blocks.size() - 1;
  }

  /** Halves the size and doubles the channels: two convolutions beside a pool and a bare one. */
  private int addResidual(String name, int given) {
    int wide = 2 * shape(given).channels();
    int first = add(name + ".1", new PreConv(3), shape(given), wide, 2, given);
    int second = add(name + ".2", new PreConv(3), shape(first), wide, 1, first);
    int pool =
        add(name + ".pool", new AveragePool(2), shape(given), shape(given).channels(), 2, given);
    int shortcut = add(name + ".shortcut", new Pointwise(), shape(pool), wide, 1, pool);
    return add(
        name, new Operator(new Add(2), shape(second), wide, 1, false), List.of(second, shortcut));
  }

  private int add(
      String name, OperatorType type, Shape given, int outputChannels, int stride, int input) {
    return add(name, new Operator(type, given, outputChannels, stride, false), List.of(input));
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
