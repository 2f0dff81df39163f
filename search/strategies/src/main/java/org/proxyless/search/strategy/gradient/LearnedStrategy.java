package org.proxyless.search.strategy.gradient;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.Strategy;

/** A strategy that descends architecture parameters, and believes and proposes what they say. */
abstract class LearnedStrategy implements Strategy {
  /** What it learns. */
  final LearnedArchitecture architecture;

  LearnedStrategy(LearnedArchitecture architecture) {
    this.architecture = architecture;
  }

  @Override
  public final double[][] probabilities() {
    return architecture.probabilities();
  }

  /** That of the architecture; a strategy that has more to keep adds to it. */
  @Override
  public Map<String, double[]> state() {
    return architecture.state();
  }

  @Override
  public void restore(Map<String, double[]> state) {
    architecture.restore(state);
  }

  @Override
  public final List<int[]> propose(double mostMillis) {
    return architecture.propose(mostMillis);
  }

  @Override
  public final Optional<int[]> choose(SpaceLatency latency, double leastMillis, double mostMillis) {
    return architecture.choose(latency, leastMillis, mostMillis);
  }

  @Override
  public final List<int[]> finalists(double mostMillis, int most, RandomGenerator random) {
    return architecture.finalists(mostMillis, most, random);
  }
}
