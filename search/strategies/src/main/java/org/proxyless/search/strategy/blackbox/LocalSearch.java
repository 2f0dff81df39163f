package org.proxyless.search.strategy.blackbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.blackbox.ScoredNetworks.Scored;

/**
 * Hill climbing from one network to a better neighbour (White et al., Exploring the Loss Landscape
 * in Neural Architecture Search, UAI 2021, algorithm 1, in the variant of its section 3 that moves
 * to the first better neighbour instead of looking at all of them). It begins at the best of
 * {@value #STARTS} even draws, and where no neighbour is better begins anew. Neighbours are the
 * feasible networks that differ in one choice; known ones are not asked for again.
 */
public final class LocalSearch implements EvaluationStrategy {
  /** As in the authors' code, for a first climb and for every other one. */
  private static final int STARTS = 10;

  private final FeasibleSpace space;
  private final RandomGenerator random;
  private final ToldNetworks told = new ToldNetworks();
  private final Deque<int[]> untried = new ArrayDeque<>();
  private int starts;
  private Scored here;

  /**
   * @param random of the draws and of the order in which neighbours are tried
   */
  public LocalSearch(FeasibleSpace space, RandomGenerator random) {
    this.space = space;
    this.random = random;
  }

  @Override
  public int[] ask() {
    if (starts == STARTS) {
      while (!untried.isEmpty()) {
        int[] neighbour = untried.removeFirst();
        if (!told.has(neighbour)) {
          return neighbour.clone();
        }
      }
      starts = 0; // a summit
      here = null;
    }
    return space.draw(random);
  }

  @Override
  public void tell(int[] path, double score) {
    boolean isNew = told.put(path, score);
    if (starts == STARTS) {
      if (score > here.score()) {
        moveTo(new Scored(path.clone(), score));
      }
    } else if (isNew) {
      here = here == null || score > here.score() ? new Scored(path.clone(), score) : here;
      if (++starts == STARTS) {
        moveTo(here);
      }
    }
  }

  private void moveTo(Scored network) {
    here = network;
    untried.clear();
    List<int[]> neighbours = new ArrayList<>(Neighbourhood.of(network.path(), space));
    while (!neighbours.isEmpty()) {
      untried.add(neighbours.remove(random.nextInt(neighbours.size())));
    }
  }

  /** A neighbour of where it is, or an even draw at the start. */
  @Override
  public int[] sample() {
    return here == null
        ? space.draw(random)
        : space.firstFeasible(() -> Mutation.of(here.path(), space, random), random);
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

  /** Local search. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "local-search";
    }

    @Override
    public String description() {
      return "climbs to a better neighbour until there is none, and begins anew (local search)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new LocalSearch(space, random);
    }
  }
}
