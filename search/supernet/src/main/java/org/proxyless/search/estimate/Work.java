package org.proxyless.search.estimate;

import org.proxyless.network.Network;

/**
 * What an estimate takes, the same on every machine.
 *
 * @param trainingSteps of the network's weights
 * @param macs multiply-accumulates of all that was run
 */
public record Work(long trainingSteps, double macs) {
  /** A training step runs forward once and backward twice: to the inputs and to the weights. */
  private static final int PASSES_A_STEP = 3;

  /** Training alone. */
  public static Work training(Network network, long steps, int batchSize) {
    return new Work(steps, (double) PASSES_A_STEP * network.macs() * steps * batchSize);
  }

  /** Running on images without learning. */
  public static Work forward(Network network, long images) {
    return new Work(0, (double) network.macs() * images);
  }

  /** Both together. */
  public Work plus(Work other) {
    return new Work(trainingSteps + other.trainingSteps, macs + other.macs);
  }
}
