package org.proxyless.search.strategy;

import java.util.List;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;

/**
 * The cross-entropy alone, on the architectures whose expected latency is at most the target: after
 * each step the probabilities are projected, p_i ← p_i·e^(−τ·LUT_i)/Z with the least τ ≥ 0 that
 * brings E to the target, which in terms of the architecture parameters is a_i ← a_i − τ·LUT_i.
 * This is the nearest such distribution in relative entropy, and there is nothing to tune.
 *
 * <p>Several limits are projected onto in turns until all are kept, which ends at a distribution
 * that keeps them, if not at the nearest. Where they leave next to nothing that keeps all, the
 * turns are bounded; what is derived at the end keeps them in any case. Of a limit that depends on
 * more than a sum, as a latency whose uncertainty is kept free does, what counts is what the
 * likeliest network leaves of it.
 */
public final class TargetProjection implements LatencyLoss {
  /** The bisection ends when E is this close under the target, as a share of it. */
  private static final double TOLERANCE = 1e-9;

  private static final int MOST_TURNS = 50;

  /** The part of the range below a limit that is left to the expectation in any case. */
  private static final double LEAST_ROOM = 0.01;

  private final List<Limit> limits;

  /**
   * @param latency the space's latencies
   * @param targetMillis above the cheapest network's latency
   */
  public TargetProjection(SpaceLatency latency, double targetMillis) {
    this(List.of(Limit.latency(latency, targetMillis)));
  }

  /**
   * @param limits each above what the cheapest network costs
   */
  public TargetProjection(List<Limit> limits) {
    this.limits = List.copyOf(limits);
    for (Limit limit : limits) {
      if (!(limit.most() > limit.least())) {
        throw new IllegalArgumentException(
            limit.name()
                + ": the limit "
                + limit.most()
                + " must be above the cheapest network's "
                + limit.least());
      }
    }
  }

  @Override
  public double value(double crossEntropy, double expectedMillis) {
    return crossEntropy;
  }

  @Override
  public double crossEntropySlope(double crossEntropy, double expectedMillis) {
    return 1;
  }

  @Override
  public double latencySlope(double crossEntropy, double expectedMillis) {
    return 0;
  }

  @Override
  public void project(double[][] alphas) {
    double[] most = limits.stream().mapToDouble(limit -> most(limit, alphas)).toArray();
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      boolean kept = true;
      for (int l = 0; l < most.length; l++) {
        if (expected(limits.get(l), alphas, 0) > most[l]) {
          project(limits.get(l), most[l], alphas);
          kept = false;
        }
      }
      if (kept) {
        return;
      }
    }
  }

  /** What the likeliest network leaves of a limit besides its sum, but more than the least sum. */
  private static double most(Limit limit, double[][] alphas) {
    double least = limit.least() - limit.remainder().least();
    double left = limit.most() - limit.remainder().of(Categorical.likeliest(alphas));
    return Math.max(left, least + LEAST_ROOM * (limit.most() - least));
  }

  private static void project(Limit limit, double most, double[][] alphas) {
    double low = 0;
    double high = 1 / most; // in the limit's unit, whatever that is
    while (expected(limit, alphas, high) > most) {
      low = high;
      high *= 2;
    }
    while (expected(limit, alphas, high) < most * (1 - TOLERANCE) && high - low > Math.ulp(high)) {
      double middle = (low + high) / 2;
      if (expected(limit, alphas, middle) > most) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double[][] tilted = tilted(limit, alphas, high);
    for (int e = 0; e < alphas.length; e++) {
      System.arraycopy(tilted[e], 0, alphas[e], 0, alphas[e].length);
    }
  }

  private static double expected(Limit limit, double[][] alphas, double tau) {
    return limit.expected(Categorical.softmax(tilted(limit, alphas, tau)));
  }

  private static double[][] tilted(Limit limit, double[][] alphas, double tau) {
    double[][] tilted = new double[alphas.length][];
    for (int e = 0; e < tilted.length; e++) {
      tilted[e] = alphas[e].clone();
      for (int c = 0; c < tilted[e].length; c++) {
        tilted[e][c] -= tau * limit.costs()[e][c];
      }
    }
    return tilted;
  }
}
