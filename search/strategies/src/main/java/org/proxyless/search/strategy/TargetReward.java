package org.proxyless.search.strategy;

/**
 * accuracy − λ·max(0, latency/T − 1): latency counts above the target only. λ is the constraint's
 * multiplier, λ ← max(0, λ + E/T − 1) after each step, so that the expected latency E ends at the
 * target or below it, whatever accuracy a slower network offers.
 */
public final class TargetReward implements NetworkReward {
  private static final double INITIAL_MULTIPLIER = 1;

  private final double targetMillis;
  private double multiplier = INITIAL_MULTIPLIER;

  /**
   * @param targetMillis T
   */
  public TargetReward(double targetMillis) {
    this.targetMillis = targetMillis;
  }

  @Override
  public double of(double accuracy, double latencyMillis) {
    return accuracy - multiplier * Math.max(0, latencyMillis / targetMillis - 1);
  }

  @Override
  public void adapt(double expectedMillis) {
    multiplier = Math.max(0, multiplier + expectedMillis / targetMillis - 1);
  }

  @Override
  public double[] state() {
    return new double[] {multiplier};
  }

  @Override
  public void restore(double[] state) {
    multiplier = state[0];
  }
}
