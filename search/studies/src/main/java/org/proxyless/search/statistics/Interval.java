package org.proxyless.search.statistics;

import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/** A range that holds a figure with a chance of 95 %. */
public record Interval(double low, double high) {
  /** The chance. */
  public static final double LEVEL = 0.95;

  /**
   * Wilson's score interval of a share, from how often something happened.
   *
   * @param hits how often it happened
   * @param trials how often it could have
   */
  public static Interval ofShare(int hits, int trials) {
    ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(trials, hits, LEVEL);
    return new Interval(wilson.getLowerBound(), wilson.getUpperBound());
  }
}
