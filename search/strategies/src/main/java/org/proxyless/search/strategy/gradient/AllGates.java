package org.proxyless.search.strategy.gradient;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.Categorical;

/** All candidates of every edge take part: exact, at the price of their forward passes. */
final class AllGates implements GateSampling {
  @Override
  public Draw draw(double[][] alphas, RandomGenerator random) {
    boolean[][] sampled = new boolean[alphas.length][];
    for (int e = 0; e < sampled.length; e++) {
      sampled[e] = new boolean[alphas[e].length];
      Arrays.fill(sampled[e], true);
    }
    return new Draw(Categorical.sample(Categorical.softmax(alphas), random), sampled);
  }

  @Override
  public double[][] gradient(
      Draw draw,
      double[][] alphas,
      double[][] gateGradients,
      double crossEntropySlope,
      SpaceLatency latency,
      double latencySlope) {
    double[][] p = Categorical.softmax(alphas);
    double[][] ofLatency = latency.gradientMillis(p);
    double[][] gradient = new double[alphas.length][];
    for (int e = 0; e < gradient.length; e++) {
      gradient[e] = GateSampling.throughSoftmax(gateGradients[e], p[e]);
      for (int c = 0; c < gradient[e].length; c++) {
        gradient[e][c] = crossEntropySlope * gradient[e][c] + latencySlope * ofLatency[e][c];
      }
    }
    return gradient;
  }

  @Override
  public void step(Draw draw, double[][] alphas, Consumer<double[][]> optimiser) {
    optimiser.accept(alphas);
  }
}
