package org.proxyless.search.recurrent.train;

import java.util.List;
import java.util.function.UnaryOperator;
import org.proxyless.search.recurrent.cell.GatedCell;

/** Steps of an LSTM or a GRU, see {@link GatedCell}. */
final class GatedNodes implements CellNodes {
  private final Tape tape;
  private final GatedCell cell;
  private final UnaryOperator<String> weights;
  private final UnaryOperator<String> mask;

  GatedNodes(Tape tape, GatedCell cell, UnaryOperator<String> weights, UnaryOperator<String> mask) {
    this.tape = tape;
    this.cell = cell;
    this.weights = weights;
    this.mask = mask;
  }

  @Override
  public Step step(String input, String state) {
    return cell == GatedCell.LSTM ? lstm(input, state) : gru(input, state);
  }

  private Step lstm(String input, String state) {
    List<String> before = tape.parts(state, 1, 2);
    List<String> gates =
        tape.parts(
            affine(input, mask.apply(before.get(0)), GatedCell.GATES, GatedCell.GATES_BIAS), 1, 4);
    String kept = tape.times(tape.sigmoid(gates.get(1)), before.get(1));
    String added = tape.times(tape.sigmoid(gates.get(0)), tape.tanh(gates.get(3)));
    String memory = tape.sum(kept, added);
    String output = tape.times(tape.sigmoid(gates.get(2)), tape.tanh(memory));
    return new Step(output, tape.joined(List.of(output, memory), 1));
  }

  private Step gru(String input, String state) {
    String dropped = mask.apply(state);
    List<String> gates =
        tape.parts(affine(input, dropped, GatedCell.GATES, GatedCell.GATES_BIAS), 1, 2);
    String reset = tape.times(tape.sigmoid(gates.get(0)), dropped);
    String candidate =
        tape.tanh(affine(input, reset, GatedCell.CANDIDATE, GatedCell.CANDIDATE_BIAS));
    String change = tape.times(tape.sigmoid(gates.get(1)), tape.difference(state, candidate));
    String output = tape.sum(candidate, change);
    return new Step(output, output);
  }

  private String affine(String input, String state, String matrix, String bias) {
    String product = tape.product(tape.joined(List.of(input, state), 1), weights.apply(matrix));
    return tape.biased(product, weights.apply(bias));
  }
}
