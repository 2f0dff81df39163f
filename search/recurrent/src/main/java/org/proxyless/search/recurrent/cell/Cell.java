package org.proxyless.search.recurrent.cell;

import java.util.List;

/**
 * What a recurrent language model repeats for every token: from an input and a state it makes an
 * output of the embedding's width and the next state.
 */
public sealed interface Cell permits WiredCell, GatedCell {
  /**
   * The cell's weights at an embedding of this width, in the order in which they are used.
   *
   * @param embedding width of input and output, d
   */
  List<Weight> weights(int embedding);

  /** How many numbers a stream's state has, the output among them. */
  int stateSize(int embedding);

  /** As it is shown and read again. */
  String text();

  /** How many numbers the cell's weights are. */
  default long parameters(int embedding) {
    return weights(embedding).stream().mapToLong(Weight::size).sum();
  }

  /**
   * A matrix of weights, or a vector if it has one row.
   *
   * @param name unique in the cell
   */
  record Weight(String name, int rows, int columns) {
    /** How many numbers. */
    public long size() {
      return (long) rows * columns;
    }
  }
}
