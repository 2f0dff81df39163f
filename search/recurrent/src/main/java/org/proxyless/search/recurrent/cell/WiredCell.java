package org.proxyless.search.recurrent.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;

/**
 * A cell whose nodes are wired by a search (ENAS, Pham et al., 2018, section 2.1; DARTS, Liu et
 * al., 2019, section 2.1). State 0 comes from input and last state: s₀ = h + σ(c)·(a₀(v) − h) with
 * [c, v] = [x, h]·W₀, W₀ of [2d, 2d]. Node i takes one earlier state: sᵢ = s + σ(c)·(aᵢ(v) − s)
 * with [c, v] = s·Wᵢ, Wᵢ of [d, 2d]. No biases. The cell gives the mean of some states, which is
 * the next state as well.
 *
 * @param first a₀
 * @param nodes from state 1 on
 * @param output which states it gives the mean of
 */
public record WiredCell(Activation first, List<Node> nodes, Output output) implements Cell {
  private static final String FIRST = "w";

  /**
   * A node.
   *
   * @param activation a
   * @param predecessor the state that it takes, 0 for the first
   */
  public record Node(Activation activation, int predecessor) {
    @Override
    public String toString() {
      return activation + " " + predecessor;
    }
  }

  /** Which states a cell gives the mean of. */
  public enum Output {
    /** All but state 0: DARTS, and Google's code of ENAS. */
    ALL,
    /** Those that no node takes: ENAS's paper. */
    LOOSE
  }

  /**
   * @throws InvalidInputException if it has no nodes, or a node takes a state that is not there yet
   */
  public WiredCell {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new InvalidInputException("a recurrent cell has no nodes; it needs at least one.");
    }
    for (int n = 0; n < nodes.size(); n++) {
      int predecessor = nodes.get(n).predecessor();
      if (predecessor < 0 || predecessor > n) {
        throw new InvalidInputException(
            "node "
                + (n + 1)
                + " of a recurrent cell takes state "
                + predecessor
                + "; it must be from 0 to "
                + n
                + ".");
      }
    }
  }

  /** With a tanh first and the mean of all nodes, as DARTS has it. */
  public static WiredCell of(Node... nodes) {
    return new WiredCell(Activation.TANH, List.of(nodes), Output.ALL);
  }

  /** The states that the output is the mean of, ascending. */
  public List<Integer> outputs() {
    if (output == Output.ALL) {
      return IntStream.rangeClosed(1, nodes.size()).boxed().toList();
    }
    TreeSet<Integer> loose =
        IntStream.rangeClosed(1, nodes.size())
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));
    nodes.forEach(node -> loose.remove(node.predecessor()));
    return List.copyOf(loose);
  }

  /** The name of a state's weights. */
  public static String weight(int state) {
    return FIRST + state;
  }

  @Override
  public List<Weight> weights(int d) {
    List<Weight> weights = new ArrayList<>(List.of(new Weight(weight(0), 2 * d, 2 * d)));
    for (int n = 1; n <= nodes.size(); n++) {
      weights.add(new Weight(weight(n), d, 2 * d));
    }
    return weights;
  }

  @Override
  public int stateSize(int embedding) {
    return embedding;
  }

  /**
   * The same for all numberings of one cell, and different for different cells: the tree of nodes
   * below state 0, branches sorted.
   */
  public String canonical() {
    return first + branches(0) + (output == Output.LOOSE ? " loose" : "");
  }

  private String branches(int state) {
    List<String> branches = new ArrayList<>();
    for (int n = 0; n < nodes.size(); n++) {
      if (nodes.get(n).predecessor() == state) {
        branches.add(nodes.get(n).activation() + branches(n + 1));
      }
    }
    return branches.isEmpty()
        ? ""
        : branches.stream().sorted().collect(Collectors.joining(",", "(", ")"));
  }

  /**
   * {@code relu 0, tanh 1}, as DARTS writes cells; before it a first activation other than tanh.
   */
  @Override
  public String text() {
    String text = nodes.stream().map(Node::toString).collect(Collectors.joining(", "));
    String head = first == Activation.TANH ? "" : first + ": ";
    return head + text + (output == Output.LOOSE ? "; " + lowerCase(output) : "");
  }

  private static String lowerCase(Output output) {
    return output.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws InvalidInputException if it is no cell
   */
  public static WiredCell parse(String text) {
    String rest = text.strip();
    Activation first = Activation.TANH;
    int colon = rest.indexOf(':');
    if (colon >= 0) {
      first = Activation.of(rest.substring(0, colon).strip());
      rest = rest.substring(colon + 1);
    }
    Output output = Output.ALL;
    int semicolon = rest.indexOf(';');
    if (semicolon >= 0) {
      if (!rest.substring(semicolon + 1).strip().equals(lowerCase(Output.LOOSE))) {
        throw refused(text);
      }
      output = Output.LOOSE;
      rest = rest.substring(0, semicolon);
    }
    List<Node> nodes = Arrays.stream(rest.split(",")).map(node -> node(node, text)).toList();
    return new WiredCell(first, nodes, output);
  }

  private static Node node(String node, String text) {
    String[] words = node.strip().split("\\s+");
    if (words.length != 2 || !words[1].matches("\\d{1,3}")) {
      throw refused(text);
    }
    return new Node(Activation.of(words[0]), Integer.parseInt(words[1]));
  }

  private static InvalidInputException refused(String text) {
    return new InvalidInputException(
        "'" + text + "' is no recurrent cell; write its nodes like 'relu 0, tanh 1, relu 1'.");
  }
}
