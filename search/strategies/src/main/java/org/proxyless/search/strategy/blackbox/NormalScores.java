package org.proxyless.search.strategy.blackbox;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * Scores by their rank alone: the r-th of n becomes the normal quantile of (r − ½)/n, equal ones
 * their mean rank's. Accuracies have a long tail of failures that would drown the differences among
 * the good.
 */
public final class NormalScores {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private NormalScores() {}

  public static double[] of(double[] scores) {
    return Arrays.stream(new NaturalRanking().rank(scores))
        .map(rank -> NORMAL.inverseCumulativeProbability((rank - 0.5) / scores.length))
        .toArray();
  }
}
