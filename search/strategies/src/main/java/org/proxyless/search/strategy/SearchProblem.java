package org.proxyless.search.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;

/**
 * What a strategy of the main job is made for: networks within limits.
 *
 * @param latency the edges of the space, their candidates, and what they cost
 * @param boundMillis what a network's predicted latency may be at most
 * @param others what else a network keeps
 * @param loss how the expected latency enters where the user chose; else by {@link #projection}
 * @param twoGates whether an architecture step evaluates two candidates an edge, or all of them;
 *     for strategies with gates
 * @param architectureSteps of the search
 * @param architectureRate the learning rate of architecture parameters, for this many steps
 * @param random of all that the strategy draws
 */
public record SearchProblem(
    SpaceLatency latency,
    double boundMillis,
    List<Limit> others,
    Optional<LatencyLoss> loss,
    boolean twoGates,
    long architectureSteps,
    double architectureRate,
    RandomGenerator random) {
  /** Copies the list. */
  public SearchProblem {
    others = List.copyOf(others);
  }

  /** The number of candidates of each edge. */
  public int[] edgeSizes() {
    return Arrays.stream(latency.operatorMillis()).mapToInt(edge -> edge.length).toArray();
  }

  /** Keeps the expected latency, and whatever else is limited, at most at its bound. */
  public TargetProjection projection() {
    List<Limit> limits = new ArrayList<>(others);
    limits.add(0, Limit.latency(latency, boundMillis));
    return new TargetProjection(limits);
  }
}
