package org.proxyless.search.train;

/**
 * A learning rate that falls along half a cosine to 0 (Loshchilov and Hutter, 2017, without
 * restarts).
 *
 * @param initialRate of the first step
 * @param steps in all
 */
public record CosineSchedule(double initialRate, long steps) {
  /** The published rates are for batches of this size; a rate scales with the batch. */
  public static final int PUBLISHED_BATCH_SIZE = 256;

  /** The rate of step 0 … steps − 1. */
  public double rate(long step) {
    return initialRate * 0.5 * (1 + Math.cos(Math.PI * step / steps));
  }
}
