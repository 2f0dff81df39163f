package org.proxyless.search.strategy.fidelity;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A density over networks: the mean over known ones of a product of kernels (Aitchison and Aitken,
 * Biometrika 1976), for each choice of c candidates 1 − h where both agree and h/(c − 1) where they
 * don't. The bandwidth h is the rule of thumb that BOHB's code uses, 1.06·σ·n^(−1/(4 + d)) with σ
 * the standard deviation of the candidates' numbers, at least 0.001, and here at most (c − 1)/c,
 * where the kernel is even.
 */
final class KernelDensity {
  private static final double RULE_OF_THUMB = 1.06;
  private static final double LEAST_BANDWIDTH = 1e-3;

  private final List<int[]> known;
  private final int[] sizes;
  private final double[] bandwidths;

  /**
   * @param known one network or more
   * @param sizes candidates of each choice
   */
  KernelDensity(List<int[]> known, int[] sizes) {
    this.known = known;
    this.sizes = sizes;
    bandwidths = new double[sizes.length];
    double shrinkage = Math.pow(known.size(), -1.0 / (4 + sizes.length));
    for (int choice = 0; choice < sizes.length; choice++) {
      int place = choice;
      double[] values = known.stream().mapToDouble(path -> path[place]).toArray();
      double deviation = Math.sqrt(StatUtils.populationVariance(values));
      double most = (sizes[choice] - 1.0) / sizes[choice];
      double h = RULE_OF_THUMB * deviation * shrinkage;
      bandwidths[choice] = Math.min(most, Math.max(LEAST_BANDWIDTH, h));
    }
  }

  /** The probability of a network. */
  double of(int[] path) {
    double sum = 0;
    for (int[] one : known) {
      double product = 1;
      for (int choice = 0; choice < path.length; choice++) {
        double h = bandwidths[choice];
        product *= one[choice] == path[choice] ? 1 - h : h / (sizes[choice] - 1);
      }
      sum += product;
    }
    return sum / known.size();
  }

  /** A network near a known one, each choice drawn evenly with probability h. */
  int[] draw(RandomGenerator random) {
    int[] path = known.get(random.nextInt(known.size())).clone();
    for (int choice = 0; choice < path.length; choice++) {
      if (random.nextDouble() < bandwidths[choice]) {
        path[choice] = random.nextInt(sizes[choice]);
      }
    }
    return path;
  }
}
