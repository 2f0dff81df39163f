package org.proxyless.search.strategy.latency;

import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.TargetProjection;

/**
 * A one-sided augmented Lagrangian of the constraint g = E/T_t − 1 ≤ 0: L = CE + (ρ/2)·(max(0, g +
 * λ/ρ)² − (λ/ρ)²), with λ ← max(0, λ + ρ·g) after every step and ρ = 1. The target T_t is lowered
 * along a ramp from what E is at the first step to T: with all of it at once λ winds up while E is
 * far above, and E then ends far below.
 *
 * <p>It keeps the expected latency about the target, where {@link TargetProjection} keeps it there
 * exactly; it is here for comparison.
 */
public final class AugmentedLagrangian implements LatencyLoss {
  private static final double RHO = 1;

  private final double targetMillis;
  private final long rampSteps;
  private double startMillis; // of the first step
  private long steps;
  private double lambda;

  /**
   * @param targetMillis T
   * @param rampSteps architecture steps until the target is T
   */
  public AugmentedLagrangian(double targetMillis, long rampSteps) {
    if (!(targetMillis > 0) || rampSteps < 0) {
      throw new IllegalArgumentException(
          "a target of " + targetMillis + " ms after " + rampSteps + " steps");
    }
    this.targetMillis = targetMillis;
    this.rampSteps = rampSteps;
  }

  @Override
  public double value(double crossEntropy, double expectedMillis) {
    double pushed = pushed(expectedMillis);
    return crossEntropy + RHO / 2 * (pushed * pushed - lambda * lambda / (RHO * RHO));
  }

  @Override
  public double crossEntropySlope(double crossEntropy, double expectedMillis) {
    return 1;
  }

  @Override
  public double latencySlope(double crossEntropy, double expectedMillis) {
    return RHO * pushed(expectedMillis) / rampMillis(expectedMillis);
  }

  @Override
  public void adapt(double expectedMillis) {
    if (steps == 0) {
      startMillis = expectedMillis;
    }
    lambda = Math.max(0, lambda + RHO * excess(expectedMillis));
    steps++;
  }

  @Override
  public double[] state() {
    return new double[] {startMillis, steps, lambda};
  }

  @Override
  public void restore(double[] state) {
    startMillis = state[0];
    steps = (long) state[1];
    lambda = state[2];
  }

  /** max(0, g + λ/ρ). */
  private double pushed(double expectedMillis) {
    return Math.max(0, excess(expectedMillis) + lambda / RHO);
  }

  /** g. */
  private double excess(double expectedMillis) {
    return expectedMillis / rampMillis(expectedMillis) - 1;
  }

  /** T_t, which a search that starts below T has from the first step. */
  private double rampMillis(double expectedMillis) {
    double start = steps == 0 ? expectedMillis : startMillis;
    if (steps >= rampSteps || start <= targetMillis) {
      return targetMillis;
    }
    return start + (targetMillis - start) * steps / rampSteps;
  }
}
