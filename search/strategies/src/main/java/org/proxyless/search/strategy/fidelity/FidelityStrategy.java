package org.proxyless.search.strategy.fidelity;

/**
 * A way to search that decides how far each network is trained. It asks for feasible networks only.
 * The same seed and the same scores give the same trials.
 */
public interface FidelityStrategy {
  /**
   * What to evaluate next. A network above the first rung was told at the one below, or begins
   * there.
   */
  Trial ask();

  /**
   * The answer.
   *
   * @param trial the one that was asked for last
   * @param score to be raised, comparable within a rung
   */
  void tell(Trial trial, double score);
}
