package org.proxyless.search.tabular;

/**
 * A network of a table.
 *
 * @param genotype as the table writes it
 * @param path the candidate of each choice
 * @param accuracy what it is judged by
 * @param signal what a strategy is told
 * @param rungs the accuracy at each rung of training, from little to all
 * @param latencyMillis its latency, in milliseconds or whatever the column holds; above 0
 */
record TableNetwork(
    String genotype,
    int[] path,
    double accuracy,
    double signal,
    double[] rungs,
    double latencyMillis) {}
