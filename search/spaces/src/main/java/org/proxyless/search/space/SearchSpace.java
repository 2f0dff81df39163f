package org.proxyless.search.space;

import java.util.List;
import java.util.stream.IntStream;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Coupling;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * What a search chooses from: a graph of blocks from the image to the class logits, with names for
 * people. Its decisions are the edges e = 0 … E−1; a choice of one candidate on each gives a {@link
 * Network}.
 *
 * @param name for files and summaries
 * @param graph the blocks
 * @param blockNames of each block, unique
 * @param edgeNames of each decision, unique
 */
public record SearchSpace(
    String name, BlockGraph graph, List<String> blockNames, List<String> edgeNames) {
  public SearchSpace {
    blockNames = List.copyOf(blockNames);
    edgeNames = List.copyOf(edgeNames);
    if (blockNames.size() != graph.blocks().size() || edgeNames.size() != graph.sizes().length) {
      throw new IllegalArgumentException(
          "space "
              + name
              + " has "
              + graph.blocks().size()
              + " blocks and "
              + graph.sizes().length
              + " edges, but names for "
              + blockNames.size()
              + " and "
              + edgeNames.size());
    }
  }

  /**
   * A chain of blocks; those with several candidates are the edges.
   *
   * @param input of one image
   * @param classes channels of the logits
   * @param blocks in order; each takes the shape that the one before it gives
   * @throws IllegalArgumentException if the shapes do not meet
   */
  public static SearchSpace chain(String name, Shape input, int classes, List<Block> blocks) {
    return chain(name, input, classes, blocks, List.of());
  }

  /** The same with couplings of its edges. */
  static SearchSpace chain(
      String name, Shape input, int classes, List<Block> blocks, List<Coupling> couplings) {
    SearchSpace space =
        new SearchSpace(
            name,
            BlockGraph.chain(blocks.stream().map(Block::candidates).toList(), couplings),
            blocks.stream().map(Block::name).toList(),
            blocks.stream().filter(Block::isEdge).map(Block::name).toList());
    Network any = space.network(new int[space.edgeNames.size()]); // checks that the shapes meet
    if (!any.input().equals(input) || any.classes() != classes) {
      throw new IllegalArgumentException(
          "space " + name + " must lead from " + input + " to " + classes + " classes");
    }
    return space;
  }

  /** The shape of one image. */
  public Shape input() {
    return graph.input();
  }

  /** The number of classes. */
  public int classes() {
    return graph.classes();
  }

  /** The blocks, in order. */
  public List<Block> blocks() {
    return IntStream.range(0, blockNames.size())
        .mapToObj(b -> new Block(blockNames.get(b), graph.blocks().get(b).candidates()))
        .toList();
  }

  /** The blocks with all operators that they can be, see {@link BlockGraph#offered}. */
  public List<Block> offeredBlocks() {
    List<List<Operator>> offered = graph.offered();
    return IntStream.range(0, blockNames.size())
        .mapToObj(b -> new Block(blockNames.get(b), offered.get(b)))
        .toList();
  }

  /** Where the search chooses, in order: each with the candidates of the first of its blocks. */
  public List<Block> edges() {
    return IntStream.range(0, edgeNames.size())
        .mapToObj(
            edge ->
                new Block(
                    edgeNames.get(edge),
                    graph.blocks().stream()
                        .filter(block -> block.decision() == edge)
                        .findFirst()
                        .orElseThrow()
                        .candidates()))
        .toList();
  }

  /** The number of candidates on each edge. */
  public int[] candidateCounts() {
    return graph.sizes();
  }

  /** All operators that can occur, equal ones once, in the order of the blocks. */
  public List<Operator> distinctOperators() {
    return graph.distinctOperators();
  }

  /**
   * The network of these choices, named like the space.
   *
   * @param choices the index of the chosen candidate on each edge
   * @throws IllegalArgumentException if they make none
   */
  public Network network(int[] choices) {
    return derive(choices).network();
  }

  /**
   * The network of these choices, with the block that each of its operators comes from.
   *
   * @param choices the index of the chosen candidate on each edge
   * @throws IllegalArgumentException if they make none
   */
  public BlockGraph.Derived derive(int[] choices) {
    if (choices.length != edgeNames.size()) {
      throw new IllegalArgumentException(
          "space " + name + " has " + edgeNames.size() + " edges, not " + choices.length);
    }
    return graph.derive(name, choices);
  }
}
