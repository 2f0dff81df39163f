package org.proxyless.search.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.proxyless.latency.PathSampler;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;

/**
 * Draws networks uniformly among those within the target, for training and as proposals; which
 * proposal is best is decided by the shared weights. It learns nothing: the baseline of a search.
 */
public final class RandomStrategy implements Strategy {
  /** Networks drawn each time. */
  private static final int PROPOSALS = 5;

  private final SpaceLatency latency;
  private final PathSampler sampler;
  private final int[] edgeSizes;
  private final RandomGenerator random;

  /**
   * @param edgeSizes the number of candidates of each edge
   * @param targetMillis that the drawn networks meet by the table
   * @param random of the draws
   */
  public RandomStrategy(
      int[] edgeSizes, SpaceLatency latency, double targetMillis, RandomGenerator random) {
    this.latency = latency;
    sampler = PathSampler.upTo(latency, targetMillis);
    this.edgeSizes = edgeSizes.clone();
    this.random = random;
  }

  @Override
  public int[] samplePath() {
    return sampler.draw(random);
  }

  @Override
  public PathScore architectureStep(PathEvaluator evaluator, Batch validation) {
    throw new UnsupportedOperationException("a random search learns nothing from a step");
  }

  /** Even: no candidate is preferred, though the target makes dear ones rarer. */
  @Override
  public double[][] probabilities() {
    double[][] p = new double[edgeSizes.length][];
    for (int e = 0; e < p.length; e++) {
      p[e] = new double[edgeSizes[e]];
      Arrays.fill(p[e], 1.0 / edgeSizes[e]);
    }
    return p;
  }

  @Override
  public List<int[]> propose(double mostMillis) {
    PathSampler within = PathSampler.upTo(latency, mostMillis);
    return Stream.generate(() -> within.draw(random)).limit(PROPOSALS).toList();
  }

  /** Nothing: it learns nothing. */
  @Override
  public Map<String, double[]> state() {
    return Map.of();
  }

  @Override
  public void restore(Map<String, double[]> state) {
    if (!state.isEmpty()) {
      throw new IllegalArgumentException("a random search has no " + state.keySet());
    }
  }

  @Override
  public boolean learns() {
    return false;
  }
}
