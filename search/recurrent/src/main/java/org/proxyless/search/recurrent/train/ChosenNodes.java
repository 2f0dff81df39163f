package org.proxyless.search.recurrent.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.proxyless.search.recurrent.cell.Activation;

/**
 * Steps of a cell whose wiring is fed: each node picks its predecessor out of all earlier states,
 * and its activation out of all four. Nothing is switched on or off, so one graph serves all cells.
 */
final class ChosenNodes implements CellNodes {
  private final Tape tape;
  private final IntFunction<String> weights;
  private final UnaryOperator<String> mask;
  private final List<Choice> activations;
  private final List<Choice> predecessors;
  private final String outputShares;

  /**
   * A choice among some.
   *
   * @param index int32 [], which
   * @param shares float [number, 1, 1], 1 for it and 0 for the others
   */
  record Choice(String index, String shares) {}

  /**
   * @param weights tells the matrix of a state
   * @param activations of the nodes, from state 1 on
   * @param predecessors of the nodes, from state 1 on
   * @param outputShares float [nodes, 1, 1], what each node counts in the output
   */
  ChosenNodes(
      Tape tape,
      IntFunction<String> weights,
      UnaryOperator<String> mask,
      List<Choice> activations,
      List<Choice> predecessors,
      String outputShares) {
    this.tape = tape;
    this.weights = weights;
    this.mask = mask;
    this.activations = activations;
    this.predecessors = predecessors;
    this.outputShares = outputShares;
  }

  @Override
  public Step step(String input, String state) {
    List<String> states = new ArrayList<>();
    List<String> first = product(tape.joined(List.of(input, mask.apply(state)), 1), 0);
    states.add(WiredNodes.highway(tape, first.get(0), tape.tanh(first.get(1)), state));
    for (int n = 1; n <= activations.size(); n++) {
      String taken = picked(states, predecessors.get(n - 1));
      List<String> halves = product(mask.apply(taken), n);
      List<String> all = new ArrayList<>();
      for (Activation activation : Activation.values()) {
        all.add(WiredNodes.activated(tape, halves.get(1), activation));
      }
      String value = picked(all, activations.get(n - 1));
      states.add(WiredNodes.highway(tape, halves.get(0), value, taken));
    }
    String nodes = tape.stacked(states.subList(1, states.size()));
    String output = tape.weighted(nodes, outputShares);
    return new Step(output, output);
  }

  private List<String> product(String given, int state) {
    return tape.parts(tape.product(given, weights.apply(state)), 1, 2);
  }

  private String picked(List<String> among, Choice choice) {
    return among.size() == 1
        ? among.get(0)
        : tape.chosen(tape.stacked(among), choice.index(), choice.shares());
  }
}
