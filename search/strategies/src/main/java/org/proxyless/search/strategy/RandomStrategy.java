package org.proxyless.search.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.latency.choice.PathSampler;
import org.proxyless.search.data.Batch;

/**
 * Draws networks uniformly among those within the target, for training and as proposals; which
 * proposal is best is decided by the shared weights. It learns nothing: the baseline of a search.
 */
public final class RandomStrategy implements Strategy {
  /** Draws within the latency of which one must keep the other limits. */
  private static final int MOST_DRAWS = 100_000;

  private final SpaceLatency latency;
  private final PathSampler sampler;
  private final List<Limit> others;
  private final int[] edgeSizes;
  private final RandomGenerator random;

  /**
   * @param edgeSizes the number of candidates of each edge
   * @param targetMillis that the drawn networks meet by the table
   * @param random of the draws
   */
  public RandomStrategy(
      int[] edgeSizes, SpaceLatency latency, double targetMillis, RandomGenerator random) {
    this(edgeSizes, latency, targetMillis, List.of(), random);
  }

  /**
   * With more limits than the latency.
   *
   * @param others what else the drawn networks keep
   */
  public RandomStrategy(
      int[] edgeSizes,
      SpaceLatency latency,
      double targetMillis,
      List<Limit> others,
      RandomGenerator random) {
    this.latency = latency;
    this.others = List.copyOf(others);
    sampler = PathSampler.upTo(latency, targetMillis);
    this.edgeSizes = edgeSizes.clone();
    this.random = random;
  }

  @Override
  public int[] samplePath() {
    return draw(sampler, random);
  }

  private int[] draw(PathSampler within, RandomGenerator random) {
    for (int attempt = 0; attempt < MOST_DRAWS; attempt++) {
      int[] path = within.draw(random);
      if (others.stream().allMatch(limit -> limit.isKeptBy(path))) {
        return path;
      }
    }
    throw new InvalidInputException(
        "of "
            + MOST_DRAWS
            + " networks drawn within the latency none keeps "
            + others.stream()
                .map(limit -> limit.name() + " " + limit.most())
                .collect(Collectors.joining(", "))
            + ". Raise a limit, or take --strategy gradient, which need not draw.");
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
    return List.of(draw(PathSampler.upTo(latency, mostMillis), random));
  }

  /** Any of the band, if one is found. */
  @Override
  public Optional<int[]> choose(SpaceLatency latency, double leastMillis, double mostMillis) {
    List<Limit> limits = new ArrayList<>(others);
    limits.add(Limit.latency(latency, mostMillis));
    limits.add(Limit.latencyAtLeast(latency, leastMillis));
    double[][] noise = new double[edgeSizes.length][];
    for (int e = 0; e < noise.length; e++) {
      noise[e] = random.doubles(edgeSizes[e]).toArray();
    }
    return OperatorChoice.find(noise, limits, latency.couplings());
  }

  @Override
  public List<int[]> finalists(double mostMillis, int most, RandomGenerator random) {
    PathSampler within = PathSampler.upTo(latency, mostMillis);
    return Stream.generate(() -> draw(within, random)).limit(most).toList();
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
