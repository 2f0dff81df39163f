package org.proxyless.search.strategy.model;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealVector;

/**
 * Learns a kernel's parameters: the maximum of the scores' likelihood, log N(y; 0, K), and a prior,
 * log-normal about the typical parameters. A hill is climbed at random, from where the last fit
 * ended: a step that helps makes the next one larger, one that doesn't smaller.
 */
final class KernelFit {
  private static final int STEPS = 50;
  private static final double PRIOR_DEVIATION = 1.5;
  private static final double FIRST_STEP = 0.8;
  private static final double GROWTH = 1.3;
  private static final double DECAY = 0.96;

  /** Parameters that a step changes, as a share. */
  private static final double CHANGED = 0.35;

  private final double[] typical;
  private final RandomGenerator random;
  private double[] logs;

  KernelFit(int choices, RandomGenerator random) {
    typical = NetworkKernel.typical(choices);
    logs = typical;
    this.random = random;
  }

  /**
   * A kernel for these scores.
   *
   * @param scores of mean 0 and variance 1, nearly
   */
  NetworkKernel fit(NetworkFeatures[] networks, double[] scores) {
    double best = logPosterior(logs, networks, scores);
    double step = FIRST_STEP;
    for (int n = 0; n < STEPS; n++) {
      double[] tried = logs.clone();
      for (int i = 0; i < tried.length; i++) {
        tried[i] += random.nextDouble() < CHANGED ? random.nextGaussian(0, step) : 0;
      }
      double posterior = logPosterior(tried, networks, scores);
      boolean better = posterior > best;
      step *= better ? GROWTH : DECAY;
      best = better ? posterior : best;
      logs = better ? tried : logs;
    }
    return new NetworkKernel(logs);
  }

  private double logPosterior(double[] tried, NetworkFeatures[] networks, double[] scores) {
    double prior = 0;
    for (int i = 0; i < tried.length; i++) {
      double apart = (tried[i] - typical[i]) / PRIOR_DEVIATION;
      prior -= apart * apart / 2;
    }
    return prior + logLikelihood(new NetworkKernel(tried), networks, scores);
  }

  /** log N(y; 0, K) but for its constant; −∞ where K is singular to rounding. */
  static double logLikelihood(NetworkKernel kernel, NetworkFeatures[] networks, double[] scores) {
    try {
      CholeskyDecomposition cholesky =
          new CholeskyDecomposition(
              MatrixUtils.createRealMatrix(kernel.ofObserved(networks)), 1e-9, 1e-12);
      RealVector y = new ArrayRealVector(scores, false);
      double logLikelihood = -y.dotProduct(cholesky.getSolver().solve(y)) / 2;
      for (int i = 0; i < scores.length; i++) {
        logLikelihood -= Math.log(cholesky.getLT().getEntry(i, i));
      }
      return logLikelihood;
    } catch (NonPositiveDefiniteMatrixException e) {
      return Double.NEGATIVE_INFINITY; // such parameters explain nothing
    }
  }
}
