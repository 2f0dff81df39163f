package org.proxyless.search.strategy.front;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.Mutation;
import org.proxyless.search.strategy.blackbox.ScoredNetworks;
import org.proxyless.search.strategy.blackbox.ToldNetworks;

/**
 * Evolution of a front that looks where the front is sparse, as LEMONADE does (Elsken et al., ICLR
 * 2019, algorithm 1): costs are known for free and scores are dear, so a kernel density of the
 * front's costs decides, with probability in inverse proportion to it, whose children are made and
 * then which of these are evaluated. The front of all that are known is the population.
 *
 * <p>The density is a product of Gaussians over the logarithms of the costs, with Scott's
 * bandwidths σ·n^(−1/(d + 4)). Of {@value #CHILDREN} mutations {@value #ACCEPTED} are evaluated;
 * LEMONADE's children are morphisms of their parents, which only training can make use of.
 */
public final class SparseFrontSearch implements EvaluationStrategy {
  private static final int FIRST_DRAWS = 10;
  private static final int CHILDREN = 50;
  private static final int ACCEPTED = 10;

  /** Of a cost's logarithm: where all cost the same. */
  private static final double LEAST_BANDWIDTH = 1e-3;

  private final FeasibleSpace space;
  private final RandomGenerator random;
  private final ToldNetworks told = new ToldNetworks();
  private final Deque<int[]> unasked = new ArrayDeque<>();
  private List<int[]> front = List.of();

  /**
   * @param random of draws, parents and mutations
   */
  public SparseFrontSearch(FeasibleSpace space, RandomGenerator random) {
    this.space = space;
    this.random = random;
  }

  @Override
  public int[] ask() {
    if (told.size() < FIRST_DRAWS) {
      return space.draw(random);
    }
    if (unasked.isEmpty()) {
      breed();
    }
    return unasked.isEmpty() ? space.draw(random) : unasked.removeFirst();
  }

  private void breed() {
    front = front();
    double[] sparseness = sparseness(front);
    ToldNetworks children = new ToldNetworks();
    for (int n = 0; n < CHILDREN; n++) {
      int[] parent = front.get(Categorical.sample(sparseness, random));
      int[] child = Mutation.of(parent, space, random);
      if (space.contains(child) && !told.has(child)) {
        children.put(child, 0);
      }
    }
    List<int[]> left = new ArrayList<>(children.paths());
    while (!left.isEmpty() && unasked.size() < ACCEPTED) {
      unasked.add(left.remove(Categorical.sample(sparseness(left), random)));
    }
  }

  /** Of all that are known. */
  private List<int[]> front() {
    List<int[]> paths = told.paths();
    List<double[]> figures =
        paths.stream()
            .map(
                path ->
                    IntStream.concat(IntStream.of(-1), IntStream.range(0, costs(path).length))
                        .mapToDouble(m -> m < 0 ? -told.score(path) : costs(path)[m])
                        .toArray())
            .toList();
    return IntStream.range(0, paths.size())
        .filter(
            i -> figures.stream().noneMatch(other -> ParetoOrder.dominates(other, figures.get(i))))
        .mapToObj(paths::get)
        .toList();
  }

  private double[] costs(int[] path) {
    return space.costs(path);
  }

  /** 1/p by network, p the density of the front's costs. */
  private double[] sparseness(List<int[]> networks) {
    double[][] known = front.stream().map(this::logCosts).toArray(double[][]::new);
    double[] bandwidths = new double[known[0].length];
    double shrinkage = Math.pow(known.length, -1.0 / (bandwidths.length + 4));
    for (int m = 0; m < bandwidths.length; m++) {
      int cost = m;
      double[] values = Arrays.stream(known).mapToDouble(costs -> costs[cost]).toArray();
      bandwidths[m] =
          Math.max(LEAST_BANDWIDTH, Math.sqrt(StatUtils.populationVariance(values)) * shrinkage);
    }
    double[] logDensities =
        networks.stream()
            .map(this::logCosts)
            .mapToDouble(costs -> logDensity(costs, known, bandwidths))
            .toArray();
    return Categorical.softmax(Arrays.stream(logDensities).map(log -> -log).toArray());
  }

  private static double logDensity(double[] costs, double[][] known, double[] bandwidths) {
    double[] logs = new double[known.length];
    for (int n = 0; n < logs.length; n++) {
      for (int m = 0; m < costs.length; m++) {
        double z = (costs[m] - known[n][m]) / bandwidths[m];
        logs[n] -= z * z / 2;
      }
    }
    return Categorical.logSumExp(logs);
  }

  private double[] logCosts(int[] path) {
    return Arrays.stream(space.costs(path)).map(Math::log).toArray();
  }

  @Override
  public void tell(int[] path, double score) {
    told.put(path, score);
  }

  /** A mutation of one of the front, or an even draw at the start. */
  @Override
  public int[] sample() {
    return Mutation.ofAny(front, space, random);
  }

  /** How often the front's networks take each candidate. */
  @Override
  public double[][] probabilities() {
    return ScoredNetworks.frequencies(front, space.sizes());
  }

  @Override
  public List<int[]> preferred(Predicate<int[]> fits, int most) {
    return told.best(fits, most);
  }

  /** LEMONADE. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "lemonade";
    }

    @Override
    public String description() {
      return "evolution that looks where the front of score and costs is sparse (LEMONADE)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new SparseFrontSearch(space, random);
    }
  }
}
