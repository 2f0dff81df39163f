package org.proxyless.search.run.settings;

import org.proxyless.base.InvalidInputException;

/**
 * Everything that decides a comparison of a derived network with others of its latency.
 *
 * @param training of every network; names the run
 * @param randomNetworks drawn from the same space
 * @param seeds trainings of each network, with seeds one after the other
 * @param band how far a network's latency may be from the derived one's, as a share
 * @param measured whether networks are also measured, where the device is here
 */
public record CompareSettings(
    TrainSettings training, int randomNetworks, int seeds, double band, boolean measured) {
  public static final int DEFAULT_RANDOM_NETWORKS = 3;
  public static final int DEFAULT_SEEDS = 3;
  public static final double DEFAULT_BAND = 0.02;

  /** Checks the values. */
  public CompareSettings {
    Rules.atLeast("--random", 1, randomNetworks);
    Rules.atLeast("--seeds", 1, seeds);
    if (!(band > 0 && band < 1)) {
      throw new InvalidInputException(
          "--band is " + band + "; it must be a share above 0 and below 1, such as 0.02.");
    }
  }
}
