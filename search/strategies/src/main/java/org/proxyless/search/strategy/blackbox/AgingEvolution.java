package org.proxyless.search.strategy.blackbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.blackbox.ScoredNetworks.Scored;

/**
 * Regularised evolution (Real et al., 2019): the best of a tournament, drawn with replacement, gets
 * a child that differs in one choice, and the oldest of the population dies whatever its score. A
 * child that breaks the limit is mutated anew from its parent. Returned is the best ever told.
 */
public final class AgingEvolution implements EvaluationStrategy {
  /** Small enough for a few hundred evaluations; the paper's 100 is for ten thousand. */
  public static final int DEFAULT_POPULATION = 20;

  public static final int DEFAULT_TOURNAMENT = 5;

  private final FeasibleSpace space;
  private final int populationSize;
  private final int tournament;
  private final RandomGenerator random;
  private final Deque<Scored> population = new ArrayDeque<>();
  private final ScoredNetworks told = new ScoredNetworks();
  private int asked;

  /**
   * @param populationSize P: more explore longer
   * @param tournament S: more are greedier
   */
  public AgingEvolution(
      FeasibleSpace space, int populationSize, int tournament, RandomGenerator random) {
    this.space = space;
    this.populationSize = populationSize;
    this.tournament = tournament;
    this.random = random;
  }

  /** With the default population and tournament. */
  public AgingEvolution(FeasibleSpace space, RandomGenerator random) {
    this(space, DEFAULT_POPULATION, DEFAULT_TOURNAMENT, random);
  }

  @Override
  public int[] ask() {
    return asked++ < populationSize || population.isEmpty() ? space.draw(random) : child();
  }

  private int[] child() {
    List<Scored> living = new ArrayList<>(population);
    Scored parent = living.get(random.nextInt(living.size()));
    for (int rival = 1; rival < tournament; rival++) {
      Scored drawn = living.get(random.nextInt(living.size()));
      parent = drawn.score() > parent.score() ? drawn : parent;
    }
    int[] path = parent.path();
    return space.firstFeasible(() -> Mutation.of(path, space, random), random);
  }

  @Override
  public void tell(int[] path, double score) {
    told.add(path, score);
    population.addLast(new Scored(path.clone(), score));
    if (population.size() > populationSize) {
      population.removeFirst();
    }
  }

  /** The living, the oldest first. */
  List<int[]> population() {
    return population.stream().map(Scored::path).toList();
  }

  /** One of the next generation's kind: a child, or an even draw while there are few parents. */
  @Override
  public int[] sample() {
    return population.size() < populationSize ? space.draw(random) : child();
  }

  /** How often the living take each candidate. */
  @Override
  public double[][] probabilities() {
    return ScoredNetworks.frequencies(population(), space.sizes());
  }

  @Override
  public List<int[]> preferred(Predicate<int[]> fits, int most) {
    return told.best(fits, most);
  }

  /** Aging evolution. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "evolution";
    }

    @Override
    public String description() {
      return "children of tournament winners replace the oldest (regularised evolution)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new AgingEvolution(space, random);
    }
  }
}
