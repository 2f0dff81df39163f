package org.proxyless.search.job.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.PathSampler;
import org.proxyless.network.Network;
import org.proxyless.search.space.SearchSpace;

/**
 * Networks on which to verify a table: uniform draws cover only the middle of the range of
 * latencies, so as many are spread evenly over all of it.
 *
 * @param uniform each candidate of each edge is equally likely
 * @param spread one from each of as many equal bands of latency; drawn uniformly for bands that are
 *     empty
 */
record VerificationNetworks(List<Network> uniform, List<Network> spread) {
  /** Draws half of so many networks each way. */
  static VerificationNetworks draw(
      SearchSpace space, SpaceLatency latency, int networks, RandomGenerator random) {
    int spread = networks / 2;
    List<Network> uniform = new ArrayList<>();
    for (int i = 0; i < networks - spread; i++) {
      uniform.add(space.network(space.graph().draw(random)));
    }
    List<Network> even = new ArrayList<>();
    double low = latency.minMillis();
    double width = (latency.maxMillis() - low) / spread;
    for (int band = 0; band < spread; band++) {
      PathSampler sampler =
          PathSampler.within(latency, low + band * width, low + (band + 1) * width);
      // A small space may have none in a band.
      int[] path = sampler.find(random).orElseGet(() -> space.graph().draw(random));
      even.add(space.network(path));
    }
    return new VerificationNetworks(uniform, even);
  }
}
