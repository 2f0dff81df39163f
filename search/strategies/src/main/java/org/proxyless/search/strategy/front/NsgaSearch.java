package org.proxyless.search.strategy.front;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.search.strategy.blackbox.AgingEvolution;
import org.proxyless.search.strategy.blackbox.Crossover;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.Mutation;
import org.proxyless.search.strategy.blackbox.ScoredNetworks;
import org.proxyless.search.strategy.blackbox.ToldNetworks;

/**
 * NSGA-II (Deb et al., IEEE Transactions on Evolutionary Computation 6, 2002): a generation of
 * children is joined to their parents, and of all those live on that are dominated least, and of
 * equals those that are least crowded. Parents win binary tournaments by the same order; children
 * are crossed at one place with probability 0.9, and each choice is mutated with probability 1/n,
 * as published. Figures are the score, and what a network costs ({@link FeasibleSpace#costs}).
 *
 * <p>The published population is 100, for 25,000 evaluations; that of NSGA-Net (Lu et al., GECCO
 * 2019) 40 for 1,200. What breaks the limit is crossed and mutated anew, and known networks as
 * well.
 */
public final class NsgaSearch implements EvaluationStrategy {
  /** As of {@link AgingEvolution}, for some hundred evaluations. */
  public static final int DEFAULT_POPULATION = 20;

  private static final double CROSSED = 0.9;

  private final FeasibleSpace space;
  private final int populationSize;
  private final RandomGenerator random;
  private final ToldNetworks told = new ToldNetworks();
  private List<Member> population = List.of();
  private final List<int[]> generation = new ArrayList<>();
  private final Deque<int[]> unasked = new ArrayDeque<>();

  /**
   * A network with its place in the order.
   *
   * @param front 0 if no other of its generation dominates it
   * @param crowding more is better
   */
  private record Member(int[] path, int front, double crowding) {
    static final Comparator<Member> BEST_FIRST =
        Comparator.comparingInt(Member::front)
            .thenComparing(Comparator.comparingDouble(Member::crowding).reversed());
  }

  /**
   * @param populationSize even: more cover more of the front, later
   */
  public NsgaSearch(FeasibleSpace space, int populationSize, RandomGenerator random) {
    this.space = space;
    this.populationSize = populationSize;
    this.random = random;
  }

  /** With the default population. */
  public NsgaSearch(FeasibleSpace space, RandomGenerator random) {
    this(space, DEFAULT_POPULATION, random);
  }

  @Override
  public int[] ask() {
    if (unasked.isEmpty()) {
      breed();
    }
    return unasked.removeFirst();
  }

  /** The next generation's children. */
  private void breed() {
    generation.clear();
    ToldNetworks children = new ToldNetworks();
    for (int n = 0; n < populationSize; n++) {
      int[] child = sample();
      for (int known = 0;
          known < FeasibleSpace.MOST_REJECTIONS && (told.has(child) || children.has(child));
          known++) {
        child = sample();
      }
      children.put(child, 0);
      unasked.add(child);
    }
  }

  /** A child, or an even draw at the start. */
  @Override
  public int[] sample() {
    return population.isEmpty() ? space.draw(random) : space.firstFeasible(this::child, random);
  }

  private int[] child() {
    int[] child = tournament();
    if (random.nextDouble() < CROSSED) {
      child = Crossover.of(child, tournament(), space, random);
    }
    int choices = child.length;
    for (int choice = 0; choice < choices; choice++) {
      if (random.nextInt(choices) == 0) {
        child = Mutation.of(child, space, random);
      }
    }
    return child;
  }

  private int[] tournament() {
    Member one = population.get(random.nextInt(population.size()));
    Member other = population.get(random.nextInt(population.size()));
    return (Member.BEST_FIRST.compare(one, other) <= 0 ? one : other).path();
  }

  @Override
  public void tell(int[] path, double score) {
    told.put(path, score);
    generation.add(path.clone());
    if (unasked.isEmpty()) {
      select();
    }
  }

  /** Who lives on. */
  private void select() {
    ToldNetworks all = new ToldNetworks();
    population.forEach(member -> all.put(member.path(), 0));
    generation.forEach(path -> all.put(path, 0));
    List<int[]> paths = all.paths();
    List<double[]> figures = paths.stream().map(this::figures).toList();
    List<List<Integer>> fronts = ParetoOrder.fronts(figures);
    List<Member> members = new ArrayList<>();
    for (int front = 0; front < fronts.size(); front++) {
      List<Integer> numbers = fronts.get(front);
      double[] crowding = ParetoOrder.crowding(numbers.stream().map(figures::get).toList());
      for (int i = 0; i < crowding.length; i++) {
        members.add(new Member(paths.get(numbers.get(i)), front, crowding[i]));
      }
    }
    population = members.stream().sorted(Member.BEST_FIRST).limit(populationSize).toList();
  }

  /** What is to be low. */
  private double[] figures(int[] path) {
    double[] costs = space.costs(path);
    return IntStream.rangeClosed(0, costs.length)
        .mapToDouble(m -> m == 0 ? -told.score(path) : costs[m - 1])
        .toArray();
  }

  /** Those that live. */
  List<int[]> population() {
    return population.stream().map(Member::path).toList();
  }

  /** How often those that live take each candidate. */
  @Override
  public double[][] probabilities() {
    return ScoredNetworks.frequencies(population(), space.sizes());
  }

  @Override
  public List<int[]> preferred(Predicate<int[]> fits, int most) {
    return told.best(fits, most);
  }

  /** NSGA-II. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "nsga-2";
    }

    @Override
    public String description() {
      return "evolution of a front of score, latency and whatever else is limited (NSGA-II)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new NsgaSearch(space, random);
    }
  }
}
