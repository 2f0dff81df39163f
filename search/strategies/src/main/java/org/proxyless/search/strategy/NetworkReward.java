package org.proxyless.search.strategy;

/** What a sampled network is worth to a policy gradient. */
public interface NetworkReward {
  /**
   * The reward, to be raised.
   *
   * @param accuracy on a validation batch, 0 to 1
   * @param latencyMillis by the table
   */
  double of(double accuracy, double latencyMillis);

  /** Hears the expected latency after every step. */
  default void adapt(double expectedMillis) {}

  /** What {@link #adapt} has changed so far; empty where it changes nothing. */
  default double[] state() {
    return new double[0];
  }

  /** Takes over the state of a reward that was made in the same way. */
  default void restore(double[] state) {}
}
