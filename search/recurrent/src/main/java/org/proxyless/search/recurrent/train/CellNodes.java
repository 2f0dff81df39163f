package org.proxyless.search.recurrent.train;

import java.util.function.UnaryOperator;
import org.proxyless.search.recurrent.cell.Cell;
import org.proxyless.search.recurrent.cell.GatedCell;
import org.proxyless.search.recurrent.cell.WiredCell;

/** Writes a cell, one step of it at a time. */
public interface CellNodes {
  /**
   * Writes a step.
   *
   * @param input [batch, d]
   * @param state [batch, state size]
   */
  Step step(String input, String state);

  /**
   * What a step gives.
   *
   * @param output [batch, d]
   * @param state [batch, state size]
   */
  record Step(String output, String state) {}

  /**
   * Writes steps of a cell.
   *
   * @param weights tells the tensor of a weight by its name
   * @param mask writes the mask of what comes from the last step or another node, [batch, d], where
   *     it is dropped while training
   */
  static CellNodes of(
      Cell cell, Tape tape, UnaryOperator<String> weights, UnaryOperator<String> mask) {
    if (cell instanceof WiredCell wired) {
      return new WiredNodes(tape, wired, weights, mask);
    }
    return new GatedNodes(tape, (GatedCell) cell, weights, mask);
  }
}
