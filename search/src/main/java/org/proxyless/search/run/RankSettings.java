package org.proxyless.search.run;

/**
 * Everything that decides how the ranking by shared weights is checked.
 *
 * @param training of every network by itself; names the run
 * @param networks drawn evenly from the whole space
 */
public record RankSettings(TrainSettings training, int networks) {
  public static final int DEFAULT_NETWORKS = 20;
  private static final int LEAST_NETWORKS = 3; // two are always in order or in reverse

  /** Checks the values. */
  public RankSettings {
    Rules.atLeast("--networks", LEAST_NETWORKS, networks);
  }
}
