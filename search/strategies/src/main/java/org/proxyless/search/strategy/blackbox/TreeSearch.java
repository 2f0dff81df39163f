package org.proxyless.search.strategy.blackbox;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Monte-Carlo tree search over the choices, one after another (Negrinho and Gordon, DeepArchitect,
 * 2017, section 5.2; settings of the authors' code). From the root the child with the greatest UCT
 * bound, mean score + √(2 ln N / n), is followed, N being the parent's trials and n the child's;
 * untried ones come first. The first node without children gets them, one is drawn, and the rest of
 * the network is a random playout. Scores are accuracies, 0 to 1.
 *
 * <p>A candidate that no feasible network begins with is never taken, so the tree holds nothing
 * infeasible. A node all of whose networks were asked for is closed: there is nothing to learn.
 */
public final class TreeSearch implements EvaluationStrategy {
  private final FeasibleSpace space;
  private final RandomGenerator random;
  private final int[] sizes;
  private final ToldNetworks told = new ToldNetworks();
  private final TreeNode root = new TreeNode();

  /**
   * @param random of untried children and of playouts
   */
  public TreeSearch(FeasibleSpace space, RandomGenerator random) {
    this.space = space;
    this.random = random;
    sizes = space.sizes();
  }

  @Override
  public int[] ask() {
    for (int rejected = 0;
        rejected < FeasibleSpace.MOST_REJECTIONS && !root.isClosed();
        rejected++) {
      int[] path = new int[sizes.length];
      int decided = descend(path);
      if (decided > 0 && playOut(path, decided)) {
        return path;
      }
    }
    return space.draw(random);
  }

  /**
   * Follows the tree and grows it by one layer; returns how many choices are decided, 0 if none can
   * be.
   */
  private int descend(int[] path) {
    TreeNode node = root;
    int choice = 0;
    while (choice < path.length && !node.isLeaf()) {
      path[choice] = node.best(random);
      node = node.child(path[choice++]);
    }
    if (choice == path.length) {
      return choice;
    }
    node.grow(possible(path, choice));
    if (node.isClosed()) {
      root.close(path, choice);
      return 0;
    }
    path[choice] = node.best(random);
    return choice + 1;
  }

  private boolean[] possible(int[] path, int choice) {
    int[] tried = path.clone();
    boolean[] possible = new boolean[sizes[choice]];
    for (int candidate = 0; candidate < possible.length; candidate++) {
      tried[choice] = candidate;
      possible[candidate] = space.mayBegin(tried, choice + 1);
    }
    return possible;
  }

  /** Decides the rest, each choice evenly among what is possible; false if it came to nothing. */
  private boolean playOut(int[] path, int decided) {
    for (int choice = decided; choice < path.length; choice++) {
      boolean[] possible = possible(path, choice);
      int[] open = IntStream.range(0, possible.length).filter(c -> possible[c]).toArray();
      if (open.length == 0) {
        return false;
      }
      path[choice] = open[random.nextInt(open.length)];
    }
    return space.contains(path);
  }

  @Override
  public void tell(int[] path, double score) {
    told.put(path, score);
    root.learn(path, score);
    root.close(path, path.length);
  }

  /** A playout from the root's beginnings that look best now. */
  @Override
  public int[] sample() {
    int[] path = new int[sizes.length];
    TreeNode node = root;
    int decided = 0;
    while (decided < path.length && !node.isLeaf() && !node.isClosed()) {
      path[decided] = node.best(random);
      node = node.child(path[decided++]);
    }
    return playOut(path, decided) ? path : space.draw(random);
  }

  /** How often the best quarter of the networks take each candidate. */
  @Override
  public double[][] probabilities() {
    return told.frequencies(sizes);
  }

  @Override
  public List<int[]> preferred(Predicate<int[]> fits, int most) {
    return told.best(fits, most);
  }

  /** Monte-Carlo tree search. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "mcts";
    }

    @Override
    public String description() {
      return "a tree over the choices is searched where scores are high or unknown (Monte-Carlo search)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new TreeSearch(space, random);
    }
  }
}
