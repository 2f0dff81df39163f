package org.proxyless.search.job.keeping;

/** The mean of the last values, so that a single batch doesn't make what is shown jump. */
public final class RunningMean {
  private static final double DECAY = 0.95;
  private double sum;
  private double weight;

  void restart() {
    sum = 0;
    weight = 0;
  }

  /** Adds a value and returns the mean. */
  public double add(double value) {
    sum = DECAY * sum + (1 - DECAY) * value;
    weight = DECAY * weight + (1 - DECAY);
    return sum / weight;
  }
}
