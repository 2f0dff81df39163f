package org.proxyless.search.recurrent.train;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The weights of a language model as tensors of a graph, and its cell. */
interface ModelNodes {
  /** All variables, in the order in which they get their first values. */
  List<Parameter> parameters();

  /** The embeddings of tokens, [n, r], r being d where the embedding is whole; int32 [n] tokens. */
  String embedded(String tokens);

  /** The matrix that a decoder multiplies with, [V, r]. */
  String decoder();

  /** The second factor of a factorised embedding, [r, d]. */
  Optional<String> projection();

  /** The width of what the cell gives, int32 []. */
  String width();

  /** The decoder's bias, [V]. */
  Optional<String> bias();

  /** The cell, with a mask of what comes from the last step or another node. */
  CellNodes cell(UnaryOperator<String> mask);

  /** What a step of descent changes, once the tape has been run backward. */
  List<Descent.Update> updates();
}
