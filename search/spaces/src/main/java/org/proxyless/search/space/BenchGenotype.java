package org.proxyless.search.space;

import java.util.List;
import org.proxyless.base.InvalidInputException;

/**
 * Cells as NAS-Bench-201 writes them (Dong and Yang, 2020): {@code
 * |nor_conv_3x3~0|+|none~0|skip_connect~1|+|…|}, a node between pluses, each of its edges an
 * operator and the state that it takes.
 */
public final class BenchGenotype {
  /** In the order of the benchmark, which is that of the candidates in the space that ships. */
  private static final List<String> OPERATORS =
      List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3");

  private static final int NODES = 3;

  private BenchGenotype() {}

  /**
   * The choice that a cell is, of the space {@code nas-bench-201}. Edges that lead nowhere, or come
   * from nothing, become none, which changes nothing.
   *
   * @throws InvalidInputException if it is no cell, or joins nothing to its end
   */
  public static int[] read(String text) {
    String[] nodes = text.strip().split("\\+", -1);
    if (nodes.length != NODES) {
      throw wrong(text, "has " + nodes.length + " nodes, not " + NODES);
    }
    int[] choice = new int[NODES * (NODES + 1) / 2];
    int edge = 0;
    for (int node = 0; node < NODES; node++) {
      String[] edges = nodes[node].split("\\|", -1);
      boolean framed = edges.length == node + 3 && edges[0].isEmpty() && edges[node + 2].isEmpty();
      for (int from = 0; from <= node; from++) {
        String[] parts = framed ? edges[from + 1].split("~", -1) : new String[0];
        int operator = parts.length == 2 ? OPERATORS.indexOf(parts[0]) : -1;
        if (operator < 0 || !parts[1].equals(String.valueOf(from))) {
          throw wrong(
              text,
              "has no edges from all states before node "
                  + (node + 1)
                  + ", with operators of "
                  + OPERATORS);
        }
        choice[edge++] = operator;
      }
    }
    int[] alive = BenchCells.alive(choice);
    if (alive[3] + alive[4] + alive[5] == 0) {
      throw wrong(text, "joins nothing to its end");
    }
    return alive;
  }

  /**
   * Writes a choice of the space {@code nas-bench-201}.
   *
   * @param choice the operator of each of the six edges
   */
  public static String text(int[] choice) {
    StringBuilder text = new StringBuilder();
    int edge = 0;
    for (int node = 0; node < NODES; node++) {
      text.append(node == 0 ? "|" : "+|");
      for (int from = 0; from <= node; from++) {
        text.append(OPERATORS.get(choice[edge++])).append("~").append(from).append("|");
      }
    }
    return text.toString();
  }

  private static InvalidInputException wrong(String text, String what) {
    return new InvalidInputException(
        "'"
            + text
            + "' "
            + what
            + "; a cell of NAS-Bench-201 looks like"
            + " '|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|none~1|avg_pool_3x3~2|'.");
  }
}
