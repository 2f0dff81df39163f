package org.proxyless.search.strategy;

/**
 * How a path did on a batch.
 *
 * @param loss mean cross-entropy, in nats
 * @param accuracy share of the images classified correctly, 0 to 1
 */
public record PathScore(double loss, double accuracy) {}
