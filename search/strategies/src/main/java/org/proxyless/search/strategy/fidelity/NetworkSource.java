package org.proxyless.search.strategy.fidelity;

/** Where new networks come from. */
interface NetworkSource {
  /** A feasible network. */
  int[] draw();

  /** Hears every score. */
  default void tell(Trial trial, double score) {}
}
