package org.proxyless.network;

import java.util.List;

/**
 * What an operator is, wherever it stands: its kind and hyper-parameters. Implementations are
 * records with {@code int} components; their simple name and components are how files name them
 * ({@code {type: MBConv, kernel: 3, expansion: 6}}), see {@link OperatorTypes}.
 */
public interface OperatorType {
  /** The layers that compute it, in order; empty for an operator that computes nothing. */
  List<Layer> layers(Shape input, int outputChannels, int stride);

  /** How many feature maps it takes, all of one shape; more than 1 for operators that join. */
  default int inputs() {
    return 1;
  }

  /** Whether anything comes from it: an edge that is left out of a cell connects nothing. */
  default boolean connects() {
    return true;
  }

  /** Whether it stands for an input, among which a decision chooses. */
  default boolean selects() {
    return false;
  }

  /** Whether it takes, of its block's inputs, those that nothing else takes. */
  default boolean takesLooseEnds() {
    return false;
  }

  /** Whether it adds, of its block's inputs, those that are there, however many. */
  default boolean takesConnected() {
    return false;
  }

  /**
   * The same for another number of inputs; for one that takes a fixed number, that alone.
   *
   * @throws IllegalArgumentException if it cannot take so many
   */
  default OperatorType taking(int inputs) {
    if (inputs != inputs()) {
      throw new IllegalArgumentException(
          label() + " takes " + inputs() + " feature maps, not " + inputs);
    }
    return this;
  }

  /** Whether it can stand where the shape and stride are these. */
  default boolean fits(Shape input, int outputChannels, int stride) {
    return true;
  }

  /** A short name for drawings and tables, e.g. {@code MBConv6 5×5}. */
  String label();
}
