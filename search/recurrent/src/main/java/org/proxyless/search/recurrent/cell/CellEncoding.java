package org.proxyless.search.recurrent.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.cell.WiredCell.Node;
import org.proxyless.search.recurrent.cell.WiredCell.Output;

/** The ways in which others write cells as rows of numbers. */
public enum CellEncoding {
  /** google-research/enas_lm: predecessor and activation of each node; the first is tanh. */
  ENAS_LM(
      List.of(Activation.TANH, Activation.RELU, Activation.SIGMOID, Activation.IDENTITY),
      false,
      Output.ALL),
  /**
   * melodyguan/enas: the first activation, then predecessor and activation of each node; identity
   * and sigmoid have each other's code.
   */
  ENAS(
      List.of(Activation.TANH, Activation.RELU, Activation.IDENTITY, Activation.SIGMOID),
      true,
      Output.LOOSE);

  private final List<Activation> codes;
  private final boolean firstIsWritten;
  private final Output output;

  CellEncoding(List<Activation> codes, boolean firstIsWritten, Output output) {
    this.codes = codes;
    this.firstIsWritten = firstIsWritten;
    this.output = output;
  }

  /**
   * Reads numbers with spaces between.
   *
   * @throws InvalidInputException if they are none of this encoding
   */
  public WiredCell decode(String text) {
    int[] numbers;
    try {
      numbers = Arrays.stream(text.strip().split("\\s+")).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "'" + text + "' is no encoded cell: write whole numbers with spaces between.", e);
    }
    int from = firstIsWritten ? 1 : 0;
    if (numbers.length <= from || (numbers.length - from) % 2 != 0) {
      throw new InvalidInputException(
          "'"
              + text
              + "' has "
              + numbers.length
              + " numbers; a cell in the form of "
              + this
              + " has "
              + (firstIsWritten ? "one, and then " : "")
              + "two for each node.");
    }
    List<Node> nodes = new ArrayList<>();
    for (int i = from; i < numbers.length; i += 2) {
      nodes.add(new Node(activation(numbers[i + 1]), numbers[i]));
    }
    return new WiredCell(firstIsWritten ? activation(numbers[0]) : Activation.TANH, nodes, output);
  }

  private Activation activation(int code) {
    if (code < 0 || code >= codes.size()) {
      throw new InvalidInputException(
          "activation "
              + code
              + " of an encoded cell must be from 0 to "
              + (codes.size() - 1)
              + ".");
    }
    return codes.get(code);
  }

  /**
   * Writes a cell.
   *
   * @throws InvalidInputException if this encoding can't say it
   */
  public String encode(WiredCell cell) {
    if (cell.output() != output || (!firstIsWritten && cell.first() != Activation.TANH)) {
      throw new InvalidInputException(
          "the cell '" + cell.text() + "' cannot be written in the form of " + this + ".");
    }
    String nodes =
        cell.nodes().stream()
            .map(node -> node.predecessor() + " " + codes.indexOf(node.activation()))
            .collect(Collectors.joining(" "));
    return firstIsWritten ? codes.indexOf(cell.first()) + " " + nodes : nodes;
  }
}
