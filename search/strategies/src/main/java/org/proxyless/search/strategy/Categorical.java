package org.proxyless.search.strategy;

import java.util.random.RandomGenerator;

/** Distributions over the candidates of an edge. */
public final class Categorical {
  private Categorical() {}

  /** softmax(a). */
  public static double[] softmax(double... logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i] - max);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** softmax of every edge. */
  public static double[][] softmax(double[][] logits) {
    double[][] p = new double[logits.length][];
    for (int e = 0; e < p.length; e++) {
      p[e] = softmax(logits[e]);
    }
    return p;
  }

  /** ln Σ exp(a), without overflow. */
  public static double logSumExp(double... logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }

  /** Draws an index with these probabilities. */
  public static int sample(double[] p, RandomGenerator random) {
    return sampleExcept(p, -1, random);
  }

  /** Draws an index other than the excluded one, the others keeping their odds. */
  public static int sampleExcept(double[] p, int excluded, RandomGenerator random) {
    double total = 0;
    for (int i = 0; i < p.length; i++) {
      total += i == excluded ? 0 : p[i];
    }
    double draw = random.nextDouble() * total;
    int last = -1;
    for (int i = 0; i < p.length; i++) {
      if (i != excluded && p[i] > 0) {
        last = i;
        draw -= p[i];
        if (draw < 0) {
          return i;
        }
      }
    }
    if (last < 0) { // all probability was on the excluded one
      last = random.nextInt(p.length - 1);
      return last < excluded ? last : last + 1;
    }
    return last;
  }

  /** The index of each edge's greatest value; of equal ones the first. */
  public static int[] likeliest(double[][] values) {
    int[] path = new int[values.length];
    for (int e = 0; e < path.length; e++) {
      for (int i = 1; i < values[e].length; i++) {
        path[e] = values[e][i] > values[e][path[e]] ? i : path[e];
      }
    }
    return path;
  }

  /** Draws a path, one candidate an edge. */
  public static int[] sample(double[][] p, RandomGenerator random) {
    int[] path = new int[p.length];
    for (int e = 0; e < path.length; e++) {
      path[e] = sample(p[e], random);
    }
    return path;
  }
}
