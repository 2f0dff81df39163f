package org.proxyless.search.strategy;

/**
 * How the expected latency E enters the architecture's loss L beside the cross-entropy CE. Only the
 * two slopes are needed, since both CE's and E's gradients to the architecture parameters are
 * known.
 */
public interface LatencyLoss {
  /** The loss. */
  double value(double crossEntropy, double expectedMillis);

  /** ∂L/∂CE. */
  double crossEntropySlope(double crossEntropy, double expectedMillis);

  /** ∂L/∂E, per millisecond. */
  double latencySlope(double crossEntropy, double expectedMillis);

  /**
   * Brings the architecture parameters back to where they are allowed, after a step.
   *
   * @param alphas [edge][candidate], changed in place
   */
  default void project(double[][] alphas) {}

  /** Hears the expected latency after every step. */
  default void adapt(double expectedMillis) {}

  /** What it has learned, to go on from later; nothing by default. */
  default double[] state() {
    return new double[0];
  }

  /** Takes over what {@link #state} told. */
  default void restore(double[] state) {}
}
