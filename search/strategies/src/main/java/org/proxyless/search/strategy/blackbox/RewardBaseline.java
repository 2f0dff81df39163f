package org.proxyless.search.strategy.blackbox;

/**
 * A moving average of rewards, b ← d·b + (1 − d)·r, corrected for its start like Adam's moments. A
 * reward is compared with those before it, never with itself; the first one with nothing.
 */
public final class RewardBaseline {
  private final double decay;
  private double sum;
  private double weight;

  /**
   * @param decay d, 0 to 1; more remembers longer
   */
  public RewardBaseline(double decay) {
    this.decay = decay;
  }

  /** r − b by the rewards so far, then adds r to them. */
  public double advantage(double reward) {
    double advantage = weight == 0 ? 0 : reward - sum / weight;
    sum = decay * sum + (1 - decay) * reward;
    weight = decay * weight + (1 - decay);
    return advantage;
  }
}
