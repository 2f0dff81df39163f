package org.proxyless.search.estimate;

import org.proxyless.search.strategy.PathScore;

/**
 * How accurate a network promises to be.
 *
 * @param score that ranks it among others of the same estimator
 * @param work that it took to tell
 */
public record Estimate(PathScore score, Work work) {}
