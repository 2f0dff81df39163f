package org.proxyless.search.strategy.gradient;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;

/** Which candidates an architecture step evaluates, and what their gate gradients teach. */
interface GateSampling {
  /**
   * The candidates of a step.
   *
   * @param path the active candidate of each edge
   * @param sampled all candidates that take part, [edge][candidate]
   */
  record Draw(int[] path, boolean[][] sampled) {}

  Draw draw(double[][] alphas, RandomGenerator random);

  /**
   * The gradient of the loss to the architecture parameters, straight through the sampling.
   *
   * @param gateGradients ∂L/∂g of the cross-entropy
   * @param crossEntropySlope ∂L/∂CE
   * @param latencySlope ∂L/∂E, per millisecond
   */
  double[][] gradient(
      Draw draw,
      double[][] alphas,
      double[][] gateGradients,
      double crossEntropySlope,
      SpaceLatency latency,
      double latencySlope);

  /** Lets the optimiser move the parameters, and keeps those that took no part where they were. */
  void step(Draw draw, double[][] alphas, Consumer<double[][]> optimiser);

  /** ∂L/∂a_i = Σ_j ∂L/∂g_j · p_j (δ_ij − p_i), ProxylessNAS, equation 4. */
  static double[] throughSoftmax(double[] gateGradients, double[] p) {
    double mean = 0;
    for (int j = 0; j < p.length; j++) {
      mean += gateGradients[j] * p[j];
    }
    double[] gradient = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      gradient[i] = p[i] * (gateGradients[i] - mean);
    }
    return gradient;
  }
}
