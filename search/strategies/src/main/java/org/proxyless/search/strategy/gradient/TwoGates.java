package org.proxyless.search.strategy.gradient;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.Categorical;

/**
 * Two candidates an edge take part, drawn without replacement; one of them is active by q, the
 * softmax over the two alone. Only their parameters move, and what they share of the probability
 * stays the same (ProxylessNAS, section 3.1).
 */
final class TwoGates implements GateSampling {
  @Override
  public Draw draw(double[][] alphas, RandomGenerator random) {
    int[] path = new int[alphas.length];
    boolean[][] sampled = new boolean[alphas.length][];
    for (int e = 0; e < path.length; e++) {
      double[] p = Categorical.softmax(alphas[e]);
      int first = Categorical.sample(p, random);
      int second = Categorical.sampleExcept(p, first, random);
      double[] q = Categorical.softmax(alphas[e][first], alphas[e][second]);
      path[e] = Categorical.sample(q, random) == 0 ? first : second;
      sampled[e] = new boolean[p.length];
      sampled[e][first] = true;
      sampled[e][second] = true;
    }
    return new Draw(path, sampled);
  }

  @Override
  public double[][] gradient(
      Draw draw,
      double[][] alphas,
      double[][] gateGradients,
      double crossEntropySlope,
      SpaceLatency latency,
      double latencySlope) {
    double[][] gradient = new double[alphas.length][];
    for (int e = 0; e < gradient.length; e++) {
      int[] pair = pair(draw, e);
      double[] q = Categorical.softmax(alphas[e][pair[0]], alphas[e][pair[1]]);
      double[] ofGates = {gateGradients[e][pair[0]], gateGradients[e][pair[1]]};
      double[] ofCrossEntropy = GateSampling.throughSoftmax(ofGates, q);
      double[] ofLatency = latency.gradientMillis(e, pair, q);
      gradient[e] = new double[alphas[e].length];
      for (int i = 0; i < 2; i++) {
        gradient[e][pair[i]] = crossEntropySlope * ofCrossEntropy[i] + latencySlope * ofLatency[i];
      }
    }
    return gradient;
  }

  @Override
  public void step(Draw draw, double[][] alphas, Consumer<double[][]> optimiser) {
    double[] before = new double[alphas.length];
    for (int e = 0; e < before.length; e++) {
      int[] pair = pair(draw, e);
      before[e] = Categorical.logSumExp(alphas[e][pair[0]], alphas[e][pair[1]]);
    }
    optimiser.accept(alphas);
    for (int e = 0; e < before.length; e++) {
      int[] pair = pair(draw, e);
      double grown = Categorical.logSumExp(alphas[e][pair[0]], alphas[e][pair[1]]) - before[e];
      alphas[e][pair[0]] -= grown;
      alphas[e][pair[1]] -= grown;
    }
  }

  private static int[] pair(Draw draw, int edge) {
    int[] pair = new int[2];
    int found = 0;
    for (int c = 0; c < draw.sampled()[edge].length; c++) {
      if (draw.sampled()[edge][c]) {
        pair[found++] = c;
      }
    }
    return pair;
  }
}
