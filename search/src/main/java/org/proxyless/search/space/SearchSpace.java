package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.proxyless.latency.Network;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;

/**
 * A chain of blocks from the image to the class logits. Those with several candidates are the edges
 * e = 0 … E−1; a choice of one candidate on each gives a {@link Network}.
 *
 * @param name for files and summaries
 * @param input of one image
 * @param classes channels of the logits
 * @param blocks in order; each takes the shape that the one before it gives
 */
public record SearchSpace(String name, Shape input, int classes, List<Block> blocks) {
  public SearchSpace {
    blocks = List.copyOf(blocks);
    Network any = new Network(name, firstCandidates(blocks)); // checks that the shapes meet
    if (!any.input().equals(input) || any.classes() != classes) {
      throw new IllegalArgumentException(
          "space " + name + " must lead from " + input + " to " + classes + " classes");
    }
  }

  private static List<Operator> firstCandidates(List<Block> blocks) {
    return blocks.stream().map(block -> block.candidates().get(0)).toList();
  }

  /** The blocks where the search chooses, in order. */
  public List<Block> edges() {
    return blocks.stream().filter(Block::isEdge).toList();
  }

  /** The number of candidates on each edge. */
  public int[] candidateCounts() {
    return edges().stream().mapToInt(edge -> edge.candidates().size()).toArray();
  }

  /** All operators that can occur, equal ones once, in the order of the chain. */
  public List<Operator> distinctOperators() {
    Set<Operator> distinct = new LinkedHashSet<>();
    blocks.forEach(block -> distinct.addAll(block.candidates()));
    return List.copyOf(distinct);
  }

  /**
   * The network of these choices, named like the space.
   *
   * @param choices the index of the chosen candidate on each edge
   */
  public Network network(int[] choices) {
    int edges = edges().size();
    if (choices.length != edges) {
      throw new IllegalArgumentException(
          "space " + name + " has " + edges + " edges, not " + choices.length);
    }
    List<Operator> operators = new ArrayList<>();
    int edge = 0;
    for (Block block : blocks) {
      operators.add(block.candidates().get(block.isEdge() ? choices[edge++] : 0));
    }
    return new Network(name, operators);
  }
}
