package org.proxyless.search.strategy;

/**
 * What an architecture step sees.
 *
 * @param score of the active path
 * @param values ∂L/∂g = Σ ∂L/∂y ⊙ o(x) by edge and candidate; 0 where a candidate was not sampled
 */
public record GateGradients(PathScore score, double[][] values) {}
