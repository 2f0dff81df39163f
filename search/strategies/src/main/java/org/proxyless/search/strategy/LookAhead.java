package org.proxyless.search.strategy;

/**
 * What the next weights would do on validation data.
 *
 * @param gradients the validation loss and ∂L/∂z at these weights
 * @param directionNorm ‖v‖ of v = ∂L/∂w there
 */
public record LookAhead(GateGradients gradients, double directionNorm) {}
