package org.proxyless.search.strategy;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Categorical distributions relaxed by Gumbel noise (Maddison et al.; Jang et al., ICLR 2017). */
public final class Gumbel {
  private Gumbel() {}

  /**
   * softmax((ln p + G)/τ) of every edge, with p = softmax(a) and fresh G ~ Gumbel(0, 1). Its
   * greatest share is a draw from p at every temperature τ.
   */
  public static double[][] shares(double[][] alphas, double temperature, RandomGenerator random) {
    double[][] shares = new double[alphas.length][];
    for (int e = 0; e < shares.length; e++) {
      shares[e] = shares(alphas[e], temperature, random);
    }
    return shares;
  }

  private static double[] shares(double[] alphas, double temperature, RandomGenerator random) {
    double[] shares;
    do { // noise may be infinite, and a small temperature overflow
      shares = relaxed(alphas, noise(alphas.length, random), temperature);
    } while (!Arrays.stream(shares).allMatch(Double::isFinite));
    return shares;
  }

  /** softmax((ln p + g)/τ) at given noise g. */
  public static double[] relaxed(double[] alphas, double[] noise, double temperature) {
    double partition = Categorical.logSumExp(alphas);
    double[] logits = new double[alphas.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (alphas[i] - partition + noise[i]) / temperature;
    }
    return Categorical.softmax(logits);
  }

  /** The greatest share of every edge. */
  public static int[] hard(double[][] shares) {
    int[] path = new int[shares.length];
    for (int e = 0; e < path.length; e++) {
      for (int c = 1; c < shares[e].length; c++) {
        path[e] = shares[e][c] > shares[e][path[e]] ? c : path[e];
      }
    }
    return path;
  }

  /** ln p + scale·g, [edge][candidate]. */
  static double[][] perturbed(double[][] logs, double scale, RandomGenerator random) {
    double[][] perturbed = new double[logs.length][];
    for (int e = 0; e < logs.length; e++) {
      perturbed[e] = noise(logs[e].length, random);
      for (int c = 0; c < logs[e].length; c++) {
        perturbed[e][c] = logs[e][c] + scale * perturbed[e][c];
      }
    }
    return perturbed;
  }

  private static double[] noise(int size, RandomGenerator random) {
    double[] noise = new double[size];
    for (int i = 0; i < size; i++) {
      noise[i] = -Math.log(random.nextExponential());
    }
    return noise;
  }
}
