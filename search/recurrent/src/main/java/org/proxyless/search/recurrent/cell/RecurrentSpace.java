package org.proxyless.search.recurrent.cell;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.cell.WiredCell.Node;
import org.proxyless.search.recurrent.cell.WiredCell.Output;

/**
 * The language models that are chosen from. Its decisions, in this order: the width of the
 * embedding, the number of nodes and, if there are several, the rank of the embedding, all three
 * ordered; then for each node of the largest cell an activation and a predecessor. Nodes beyond the
 * number chosen are not there, whatever is decided for them.
 *
 * <p>A token's latency hardly depends on the wiring, since every cell of one size reads the same
 * weights once: a limit decides between sizes, the search between wirings.
 *
 * @param sharing which weights a node has in the supernet
 * @param embeddings widths, ascending
 * @param nodes numbers of nodes, ascending
 * @param ranks of the embedding, ascending; empty where it is whole
 */
public record RecurrentSpace(
    Sharing sharing, List<Integer> embeddings, List<Integer> nodes, List<Integer> ranks) {
  private static final int ACTIVATIONS = Activation.values().length;

  /** Which weights a node of the supernet has. */
  public enum Sharing {
    /** One matrix, whatever its activation and predecessor: DARTS. */
    BY_NODE,
    /** A matrix for each activation and predecessor: ENAS. */
    BY_CHOICE
  }

  /**
   * @throws InvalidInputException if a list is not ascending, or has no number where it needs one
   */
  public RecurrentSpace {
    embeddings = checked("embedding widths", embeddings);
    nodes = checked("numbers of nodes", nodes);
    ranks = ranks.isEmpty() ? List.of() : checked("ranks", ranks);
    if (!ranks.isEmpty() && ranks.get(ranks.size() - 1) >= embeddings.get(0)) {
      throw new InvalidInputException(
          "the ranks are " + ranks + "; they must be below all widths, " + embeddings + ".");
    }
  }

  private static List<Integer> checked(String what, List<Integer> values) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) < 1 || (i > 0 && values.get(i) <= values.get(i - 1))) {
        throw new InvalidInputException(
            "the " + what + " are " + values + "; they must be above 0 and ascending.");
      }
    }
    if (values.isEmpty()) {
      throw new InvalidInputException("the " + what + " are missing; give at least one.");
    }
    return List.copyOf(values);
  }

  /** The widest embedding. */
  public int widest() {
    return embeddings.get(embeddings.size() - 1);
  }

  /** The most nodes. */
  public int mostNodes() {
    return nodes.get(nodes.size() - 1);
  }

  /** The largest rank, or 0. */
  public int largestRank() {
    return ranks.isEmpty() ? 0 : ranks.get(ranks.size() - 1);
  }

  /** The number of options of each decision. */
  public int[] sizes() {
    List<Integer> sizes = new ArrayList<>(List.of(embeddings.size(), nodes.size()));
    if (!ranks.isEmpty()) {
      sizes.add(ranks.size());
    }
    for (int n = 1; n <= mostNodes(); n++) {
      sizes.add(ACTIVATIONS);
      sizes.add(n);
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many decisions are about sizes; they come first. */
  public int sizeDecisions() {
    return ranks.isEmpty() ? 2 : 3;
  }

  /** Which decisions are steps of one quantity. */
  public boolean[] ordered() {
    boolean[] ordered = new boolean[sizes().length];
    for (int i = 0; i < sizeDecisions(); i++) {
      ordered[i] = true;
    }
    return ordered;
  }

  /** The language model that decisions stand for. */
  public Architecture decode(int[] path) {
    int first = sizeDecisions();
    List<Node> wiring = new ArrayList<>();
    for (int n = 0; n < nodes.get(path[1]); n++) {
      wiring.add(new Node(Activation.values()[path[first + 2 * n]], path[first + 2 * n + 1]));
    }
    return new Architecture(
        new WiredCell(Activation.TANH, wiring, Output.ALL),
        embeddings.get(path[0]),
        ranks.isEmpty() ? 0 : ranks.get(path[2]),
        sharing == Sharing.BY_NODE);
  }

  /** The same decisions with those that mean nothing set to 0. */
  public int[] canonical(int[] path) {
    int[] same = path.clone();
    for (int i = sizeDecisions() + 2 * nodes.get(path[1]); i < same.length; i++) {
      same[i] = 0;
    }
    return same;
  }
}
