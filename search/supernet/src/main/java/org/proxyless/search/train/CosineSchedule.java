package org.proxyless.search.train;

/**
 * A learning rate that climbs for a moment, since fresh weights bear no high rate, and then falls
 * along half a cosine to 0 (Loshchilov and Hutter, 2017, without restarts).
 *
 * @param initialRate where the cosine starts
 * @param steps in all
 */
public record CosineSchedule(double initialRate, long steps) {
  /** The published rates are for batches of this size; a rate scales with the batch. */
  public static final int PUBLISHED_BATCH_SIZE = 256;

  private static final double CLIMBING_PART = 0.05;

  /** The rate of step 0 … steps − 1. */
  public double rate(long step) {
    double climbed = Math.min(1, (step + 1) / (CLIMBING_PART * steps));
    return climbed * initialRate * 0.5 * (1 + Math.cos(Math.PI * step / steps));
  }
}
