package org.proxyless.search.recurrent.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.proxyless.search.recurrent.cell.Activation;
import org.proxyless.search.recurrent.cell.WiredCell;
import org.proxyless.search.recurrent.cell.WiredCell.Node;

/** Steps of a cell whose wiring is known, see {@link WiredCell}. */
final class WiredNodes implements CellNodes {
  private final Tape tape;
  private final WiredCell cell;
  private final UnaryOperator<String> weights;
  private final UnaryOperator<String> mask;

  WiredNodes(Tape tape, WiredCell cell, UnaryOperator<String> weights, UnaryOperator<String> mask) {
    this.tape = tape;
    this.cell = cell;
    this.weights = weights;
    this.mask = mask;
  }

  @Override
  public Step step(String input, String state) {
    List<String> states = new ArrayList<>();
    states.add(highway(tape.joined(List.of(input, mask.apply(state)), 1), state, 0, cell.first()));
    for (int n = 1; n <= cell.nodes().size(); n++) {
      Node node = cell.nodes().get(n - 1);
      String taken = states.get(node.predecessor());
      states.add(highway(mask.apply(taken), taken, n, node.activation()));
    }
    String output = tape.mean(cell.outputs().stream().map(states::get).toList());
    return new Step(output, output);
  }

  /** carried + σ(c)·(a(v) − carried), with [c, v] = given·W. */
  private String highway(String given, String carried, int state, Activation activation) {
    String product = tape.product(given, weights.apply(WiredCell.weight(state)));
    List<String> halves = tape.parts(product, 1, 2);
    return highway(tape, halves.get(0), activated(tape, halves.get(1), activation), carried);
  }

  /** carried + σ(c)·(v − carried). */
  static String highway(Tape tape, String gate, String value, String carried) {
    String change = tape.difference(value, carried);
    return tape.sum(carried, tape.times(tape.sigmoid(gate), change));
  }

  static String activated(Tape tape, String value, Activation activation) {
    return switch (activation) {
      case TANH -> tape.tanh(value);
      case RELU -> tape.relu(value);
      case SIGMOID -> tape.sigmoid(value);
      case IDENTITY -> value;
    };
  }
}
