package org.proxyless.search.strategy.model;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;

/**
 * What a Gaussian process sees of a network.
 *
 * @param path the candidate of each choice
 * @param counts how many choices take candidate 0, 1, …: where candidates of one number mean the
 *     same operator everywhere, as they do in most spaces, networks with equal counts are alike
 * @param latency log of the latency, standardised over the pool; known for free, and like the
 *     accuracy it grows with what the network computes
 */
record NetworkFeatures(int[] path, int[] counts, double latency) {
  /** The features of a pool's networks, in its order. */
  static NetworkFeatures[] of(List<int[]> pool, FeasibleSpace space) {
    int most = Arrays.stream(space.sizes()).max().orElseThrow();
    double[] logs = pool.stream().mapToDouble(p -> Math.log(space.latencyMillis(p))).toArray();
    double mean = StatUtils.mean(logs);
    double deviation = Math.sqrt(StatUtils.populationVariance(logs, mean));
    NetworkFeatures[] features = new NetworkFeatures[logs.length];
    for (int n = 0; n < features.length; n++) {
      int[] counts = new int[most];
      for (int candidate : pool.get(n)) {
        counts[candidate]++;
      }
      double z = deviation > 0 ? (logs[n] - mean) / deviation : 0;
      features[n] = new NetworkFeatures(pool.get(n), counts, z);
    }
    return features;
  }
}
