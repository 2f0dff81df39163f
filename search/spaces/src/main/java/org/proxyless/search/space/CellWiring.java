package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.proxyless.network.OperatorType;
import org.proxyless.network.operators.AveragePool;
import org.proxyless.network.operators.ConvPair;
import org.proxyless.network.operators.DilConv;
import org.proxyless.network.operators.MaxPool;
import org.proxyless.network.operators.None;
import org.proxyless.network.operators.SepConv;
import org.proxyless.network.operators.Zero;

/**
 * How the nodes of a cell are connected. States 0 and 1 are what the cell is given, the older
 * first; 2 is its first node.
 *
 * @param nodes each the edges that are summed
 * @param kept how many edges of a node a network keeps
 * @param output the states whose channels the cell gives together
 */
record CellWiring(List<List<Edge>> nodes, int kept, List<Integer> output) {
  /** The identity is written as what it is where size and channels stay. */
  static final Map<String, OperatorType> NAMES =
      Map.of(
          "skip", new Zero(),
          "max3", new MaxPool(3),
          "avg3", new AveragePool(3),
          "sep3", new SepConv(3),
          "sep5", new SepConv(5),
          "sep7", new SepConv(7),
          "dil3", new DilConv(3),
          "dil5", new DilConv(5),
          "pair7", new ConvPair(7));

  private static final Pattern EDGE = Pattern.compile("\\s*(\\w+) (\\d+)\\s*");

  /**
   * An edge of a cell.
   *
   * @param from the state that it takes
   * @param candidates one operator, or what the search chooses from
   */
  record Edge(int from, List<OperatorType> candidates) {}

  /** What an operator is called where cells are written. */
  static String nameOf(OperatorType type) {
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(type))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Whether the search chooses its operators. */
  boolean isChosen() {
    return nodes.get(0).get(0).candidates().size() > 1;
  }

  /** A node's edges to all states before it, each with all candidates, the first for none. */
  static CellWiring chosen(int nodes, int kept, List<OperatorType> types, List<Integer> output) {
    List<OperatorType> candidates = new ArrayList<>(List.of(new None()));
    candidates.addAll(types);
    List<List<Edge>> all =
        IntStream.range(2, nodes + 2)
            .mapToObj(
                node ->
                    IntStream.range(0, node)
                        .mapToObj(from -> new Edge(from, List.copyOf(candidates)))
                        .toList())
            .toList();
    return new CellWiring(all, kept, output == null ? allOf(nodes) : output(output, nodes));
  }

  /**
   * Edges as written, a node a text: {@code sep3 0 + skip 1}.
   *
   * @throws IllegalArgumentException if one is not well formed
   */
  static CellWiring written(String cell, List<String> texts, List<Integer> output) {
    List<List<Edge>> nodes = new ArrayList<>();
    for (String text : texts) {
      List<Edge> edges = new ArrayList<>();
      for (String edge : text.split("\\+", -1)) {
        edges.add(edge(cell, edge, nodes.size() + 2));
      }
      nodes.add(edges);
    }
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("cell " + cell + " has no nodes");
    }
    List<Integer> given = output == null ? allOf(nodes.size()) : output(output, nodes.size());
    return new CellWiring(nodes, nodes.get(0).size(), given);
  }

  private static Edge edge(String cell, String text, int node) {
    Matcher parts = EDGE.matcher(text);
    if (!parts.matches() || !NAMES.containsKey(parts.group(1))) {
      throw new IllegalArgumentException(
          "cell "
              + cell
              + ": '"
              + text.strip()
              + "' is no edge; write an operator ("
              + String.join(", ", NAMES.keySet().stream().sorted().toList())
              + ") and a state, like 'sep3 0'");
    }
    int from = Integer.parseInt(parts.group(2));
    if (from >= node) {
      throw new IllegalArgumentException(
          "cell "
              + cell
              + ": node "
              + node
              + " cannot take state "
              + from
              + ", which is not before");
    }
    return new Edge(from, List.of(NAMES.get(parts.group(1))));
  }

  private static List<Integer> allOf(int nodes) {
    return IntStream.range(2, nodes + 2).boxed().toList();
  }

  private static List<Integer> output(List<Integer> states, int nodes) {
    boolean fits =
        states.size() > 1
            && states.stream().distinct().count() == states.size()
            && states.stream().allMatch(state -> state >= 0 && state < nodes + 2);
    if (!fits) {
      throw new IllegalArgumentException(
          "the output "
              + states
              + " of a cell must be two or more different states below "
              + (nodes + 2));
    }
    return List.copyOf(states);
  }
}
