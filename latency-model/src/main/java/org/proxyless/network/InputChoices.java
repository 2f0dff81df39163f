package org.proxyless.network;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * The parts of a graph in which inputs are chosen. A block that selects has the edges of one side
 * of a node as its inputs, each an operator on another state, and its decision names one of them;
 * the others are no part of the network. A block that takes loose ends takes those of its inputs
 * from which no selected edge leads. An input of it from which no edge could lead, but which is an
 * operator on a state from which some do, stands for that state: so a state is brought to another
 * size only where it is loose. A block that adds what is connected takes those of its inputs whose
 * edges are not none.
 */
public final class InputChoices {
  private final BlockGraph graph;

  /** Whether a block chooses among its inputs. */
  private final boolean[] selects;

  /** The block that selects an edge, or −1. */
  private final int[] selector;

  /** Where an edge stands among those that its selector chooses from. */
  private final int[] option;

  /** Whether edges that can be selected lead from a block. */
  private final boolean[] isState;

  /** Whether only blocks that take loose ends take what a block gives. */
  private final boolean[] mayDrop;

  InputChoices(BlockGraph graph) {
    this.graph = graph;
    int count = graph.blocks().size();
    selects = new boolean[count];
    selector = IntStream.range(0, count).map(b -> -1).toArray();
    option = new int[count];
    isState = new boolean[count];
    mayDrop = new boolean[count];
    boolean[] taken = new boolean[count];
    for (int b = 0; b < count; b++) {
      BlockGraph.Block block = graph.blocks().get(b);
      selects[b] = block.candidates().get(0).type().selects();
      for (int i = 0; i < block.inputs().size(); i++) {
        int input = block.inputs().get(i);
        if (input >= 0) {
          taken[input] |= !takesLooseEnds(b);
          if (selects[b]) {
            selector[input] = b;
            option[input] = i;
            isState[graph.blocks().get(input).inputs().get(0)] = true;
          }
        }
      }
    }
    for (int b = 0; b < count - 1; b++) {
      mayDrop[b] = !taken[b] && !isState[b] && isState[source(b)];
    }
  }

  /** Whether there are any. */
  boolean areAny() {
    return IntStream.range(0, selects.length).anyMatch(b -> selects[b]);
  }

  /** Whether figures are sums over decisions: what an operator is depends on one alone. */
  boolean isAdditive() {
    return IntStream.range(0, selects.length)
        .noneMatch(b -> selects[b] || takesLooseEnds(b) || takesConnected(b));
  }

  private boolean takesConnected(int block) {
    return graph.blocks().get(block).candidates().get(0).type().takesConnected();
  }

  /** How many of the edges that a block adds are not none. */
  private int connected(int block, int[] choice) {
    int count = 0;
    for (int input : graph.blocks().get(block).inputs()) {
      BlockGraph.Block edge = graph.blocks().get(input);
      int option = edge.isChoice() ? choice[edge.decision()] : 0;
      count += edge.candidates().get(option).type().connects() ? 1 : 0;
    }
    return count;
  }

  boolean selects(int block) {
    return selects[block];
  }

  boolean takesLooseEnds(int block) {
    return graph.blocks().get(block).candidates().get(0).type().takesLooseEnds();
  }

  /** The block that chooses among edges of which this is one, or −1. */
  int selector(int edge) {
    return selector[edge];
  }

  /** Which of its selector's options an edge is. */
  int option(int edge) {
    return option[edge];
  }

  /** The edge that a selecting block takes. */
  int selected(int block, int[] choice) {
    return graph.blocks().get(block).inputs().get(choice[graph.blocks().get(block).decision()]);
  }

  /** Whether an edge is selected; blocks that nobody selects are always part of the graph. */
  boolean isSelected(int edge, int[] choice) {
    return selector[edge] < 0 || selected(selector[edge], choice) == edge;
  }

  /** The state that an input of a block for loose ends stands for. */
  private int source(int input) {
    BlockGraph.Block block = graph.blocks().get(input);
    boolean operatorOnAState =
        !isState[input] && block.inputs().size() == 1 && block.inputs().get(0) >= 0;
    return operatorOnAState ? block.inputs().get(0) : input;
  }

  /** By block: whether a selected edge leads from it. */
  private boolean[] taken(int[] choice) {
    boolean[] taken = new boolean[selects.length];
    for (int b = 0; b < selects.length; b++) {
      if (selects[b]) {
        taken[graph.blocks().get(selected(b, choice)).inputs().get(0)] = true;
      }
    }
    return taken;
  }

  /** The places among its inputs of those that a block for loose ends takes. */
  List<Integer> looseEnds(int block, int[] choice) {
    return looseEnds(block, taken(choice));
  }

  private List<Integer> looseEnds(int block, boolean[] taken) {
    List<Integer> inputs = graph.blocks().get(block).inputs();
    return IntStream.range(0, inputs.size())
        .filter(i -> !taken[source(inputs.get(i))])
        .boxed()
        .toList();
  }

  /** Whether a block's input for loose ends could be taken by a node. */
  boolean mayBeTaken(int input) {
    return isState[source(input)];
  }

  /**
   * The operators that a block can be: its candidates; for one whose number of inputs varies, those
   * of each number.
   */
  List<Operator> offered(int block) {
    BlockGraph.Block own = graph.blocks().get(block);
    if (!takesLooseEnds(block) && !takesConnected(block)) {
      return own.candidates();
    }
    return IntStream.rangeClosed(takesConnected(block) ? 2 : 1, own.inputs().size())
        .mapToObj(own.candidates().get(0)::taking)
        .toList();
  }

  /** What something adds up to. */
  public final class Costs {
    private final BlockGraph.Sums bounds;
    private final double first;
    private final double[][] byCandidate;
    private double greatestRest;

    /**
     * @param first what every network has
     * @param figure of an operator in a block
     */
    public Costs(double first, ToDoubleBiFunction<Integer, Operator> figure) {
      this.first = first;
      this.byCandidate = new double[selects.length][];
      double[][] options = new double[graph.sizes().length][];
      double fixed = first;
      for (int b = 0; b < selects.length; b++) {
        BlockGraph.Block block = graph.blocks().get(b);
        int place = b;
        List<Operator> operators = offered(b);
        byCandidate[b] =
            selects[b]
                ? new double[operators.size()]
                : operators.stream()
                    .mapToDouble(operator -> figure.applyAsDouble(place, operator))
                    .toArray();
        if (takesConnected(b)) {
          greatestRest += Math.max(0, max(byCandidate[b]));
          fixed += Math.min(0, min(byCandidate[b]));
        } else if (takesLooseEnds(b)) {
          double least = min(byCandidate[b]);
          fixed += least;
          greatestRest += max(byCandidate[b]) - least;
        } else if (mayDrop[b]) {
          greatestRest += Math.max(0, byCandidate[b][0]);
          fixed += Math.min(0, byCandidate[b][0]);
        } else if (!block.isChoice() && selector[b] < 0) {
          fixed += byCandidate[b][0];
        }
      }
      for (int b = 0; b < selects.length; b++) {
        BlockGraph.Block block = graph.blocks().get(b);
        if (block.isChoice()) {
          options[block.decision()] =
              options[block.decision()] == null
                  ? new double[block.candidates().size()]
                  : options[block.decision()];
        }
        if (selects[b]) {
          fixed += addBounds(block.inputs(), options);
        } else if (block.isChoice() && selector[b] < 0) {
          for (int c = 0; c < byCandidate[b].length; c++) {
            options[block.decision()][c] += byCandidate[b][c];
          }
        }
      }
      bounds = new BlockGraph.Sums(fixed, options);
    }

    /** Of edges of which one is selected: each option at its least; returns what is fixed. */
    private double addBounds(List<Integer> edges, double[][] options) {
      int decision = graph.blocks().get(edges.get(0)).decision();
      double apart = 0;
      int count = byCandidate[edges.get(0)].length;
      double fixed = 0;
      for (int c = 0; c < count; c++) {
        int candidate = c;
        double[] own = edges.stream().mapToDouble(edge -> byCandidate[edge][candidate]).toArray();
        apart = Math.max(apart, max(own) - min(own));
        if (decision == BlockGraph.FIXED) {
          fixed += min(own);
        } else {
          options[decision][c] += min(own);
        }
      }
      greatestRest += apart;
      return fixed;
    }

    /** What is certain of the sum, by decision and option: no network has less. */
    public BlockGraph.Sums bounds() {
      return bounds;
    }

    /** What a network has at most beyond its {@link #bounds}. */
    public double greatestRest() {
      return greatestRest;
    }

    /** The sum over the operators of a choice's network, without deriving it. */
    double of(int[] choice) {
      boolean[] taken = taken(choice);
      double sum = first;
      for (int b = 0; b < selects.length; b++) {
        BlockGraph.Block block = graph.blocks().get(b);
        if (takesLooseEnds(b)) {
          sum += byCandidate[b][looseEnds(b, taken).size() - 1];
        } else if (takesConnected(b)) {
          int count = connected(b, choice);
          sum += count < 2 ? 0 : byCandidate[b][count - 2];
        } else if (!selects[b] && isSelected(b, choice) && !(mayDrop[b] && taken[source(b)])) {
          sum += byCandidate[b][block.isChoice() ? choice[block.decision()] : 0];
        }
      }
      return sum;
    }

    /** What it has beyond its bounds, at least 0. */
    public double rest(int[] choice) {
      double sum = bounds.fixed();
      for (int decision = 0; decision < choice.length; decision++) {
        sum += bounds.options()[decision][choice[decision]];
      }
      return Math.max(0, of(choice) - sum);
    }
  }

  private static double min(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).min().orElseThrow();
  }

  private static double max(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElseThrow();
  }
}
