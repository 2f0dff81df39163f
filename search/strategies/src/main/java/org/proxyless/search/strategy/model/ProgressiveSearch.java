package org.proxyless.search.strategy.model;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.Mutation;
import org.proxyless.search.strategy.blackbox.Neighbourhood;
import org.proxyless.search.strategy.blackbox.ToldNetworks;

/**
 * Progressive search (Liu et al., Progressive Neural Architecture Search, ECCV 2018, algorithm 1):
 * all networks of size 1 are evaluated; those that have been are then grown by one in all ways,
 * predictors of the scores rank what comes of it, the best {@value #BEAM} are evaluated, and so on
 * to the full size. The predictors are the paper's ensemble of five with two layers of 100 and the
 * absolute error, each of which learns from four fifths of the networks.
 *
 * <p>A network's size is the number of choices in which it differs from the cheapest feasible one:
 * that makes progress of any space, and begins where the limit leaves room. When the full size is
 * reached it begins again, with what the predictors know by then; what is known is not asked for
 * again. The paper's beam of 256 is for more than a thousand evaluations.
 */
public final class ProgressiveSearch implements EvaluationStrategy {
  private static final int BEAM = 20;
  private static final int MEMBERS = 5;
  private static final double MEMBERS_SHARE = 0.8;
  private static final DenseRegression.Settings SETTINGS =
      new DenseRegression.Settings(2, 100, 150, 32, 0.01);

  private final FeasibleSpace space;
  private final DenseRegression.Settings settings;
  private final RandomGenerator random;
  private final int[] smallest;
  private final ToldNetworks told = new ToldNetworks(BananasSearch.MOST_OBSERVATIONS);
  private final Deque<int[]> next = new ArrayDeque<>();

  /** Of the present size: what it was made of is evaluated or waits to be. */
  private List<int[]> grown = List.of();

  /**
   * @param random of the predictors, and of draws when nothing is left
   */
  public ProgressiveSearch(FeasibleSpace space, RandomGenerator random) {
    this(space, SETTINGS, random);
  }

  /**
   * @param settings of each predictor
   */
  public ProgressiveSearch(
      FeasibleSpace space, DenseRegression.Settings settings, RandomGenerator random) {
    this.space = space;
    this.settings = settings;
    this.random = random;
    smallest = space.cheapest();
  }

  @Override
  public int[] ask() {
    for (int size = 0; next.isEmpty() && size <= 2 * smallest.length; size++) {
      grow();
    }
    return next.isEmpty() ? space.draw(random) : next.removeFirst();
  }

  /** Goes on to the next size, or to the first after the last, and chooses what to evaluate. */
  private void grow() {
    ToldNetworks larger = new ToldNetworks();
    List<int[]> parents = best(grown);
    for (int[] path : parents) {
      for (int[] neighbour : Neighbourhood.of(path, space)) {
        if (size(neighbour) > size(path)) {
          larger.put(neighbour, 0);
        }
      }
    }
    grown = larger.size() == 0 ? List.of(smallest) : larger.paths();
    List<int[]> unknown = grown.stream().filter(path -> !told.has(path)).toList();
    boolean isFirst = parents.isEmpty() || size(parents.get(0)) == 0;
    next.addAll(isFirst ? unknown : mostPromising(unknown));
  }

  private List<int[]> best(List<int[]> networks) {
    return networks.stream()
        .filter(told::has)
        .sorted(Comparator.comparingDouble(path -> -told.score(path)))
        .limit(BEAM)
        .toList();
  }

  private List<int[]> mostPromising(List<int[]> unknown) {
    if (unknown.isEmpty()) {
      return unknown;
    }
    PredictorEnsemble ensemble =
        PredictorEnsemble.fit(space, told, MEMBERS, MEMBERS_SHARE, settings, random);
    Map<int[], Double> expected = new LinkedHashMap<>();
    unknown.forEach(path -> expected.put(path, ensemble.predict(path).mean()));
    return expected.entrySet().stream()
        .sorted(Map.Entry.<int[], Double>comparingByValue(Comparator.reverseOrder()))
        .limit(BEAM)
        .map(Map.Entry::getKey)
        .toList();
  }

  private int size(int[] path) {
    int size = 0;
    for (int choice = 0; choice < path.length; choice++) {
      size += path[choice] == smallest[choice] ? 0 : 1;
    }
    return size;
  }

  @Override
  public void tell(int[] path, double score) {
    told.put(path, score);
  }

  /** A mutation of one of the networks that are grown, or an even draw at the start. */
  @Override
  public int[] sample() {
    return Mutation.ofAny(best(grown), space, random);
  }

  /** How often the best quarter of the networks take each candidate. */
  @Override
  public double[][] probabilities() {
    return told.frequencies(space.sizes());
  }

  @Override
  public List<int[]> preferred(Predicate<int[]> fits, int most) {
    return told.best(fits, most);
  }

  /** Progressive search. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "pnas";
    }

    @Override
    public String description() {
      return "networks grow from the cheapest, predictors pick which of them (progressive search)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new ProgressiveSearch(space, random);
    }
  }
}
