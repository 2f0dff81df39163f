package org.proxyless.search.strategy.controller;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.controller.AsngDistribution.Draw;
import org.proxyless.search.strategy.controller.AsngDistribution.Judged;

/**
 * ASNG-NAS (Akimoto et al., 2019), two networks a step: the better one of each pair counts +1, the
 * other −1, so scores on any monotone scale give the same search, and there is no rate to tune.
 * Infeasible draws are rejected and drawn again.
 */
public final class AsngSearch implements EvaluationStrategy {
  private final FeasibleSpace space;
  private final RandomGenerator random;

  /** Places of the categorical choices, and of the ordered ones. */
  private final int[] categorical;

  private final int[] ordered;
  private final AsngGaussian[] gaussians;
  private final AsngDistribution distribution;
  private final Deque<Draw> unasked = new ArrayDeque<>();
  private final Deque<Draw> asked = new ArrayDeque<>();
  private final List<Judged> judged = new ArrayList<>();

  /** All choices categorical. */
  public AsngSearch(FeasibleSpace space, RandomGenerator random) {
    this(space, new boolean[space.sizes().length], random);
  }

  /**
   * @param isOrdered the choices whose candidates are steps of one quantity, a width or a
   *     resolution: a Gaussian takes the place of the categorical
   */
  public AsngSearch(FeasibleSpace space, boolean[] isOrdered, RandomGenerator random) {
    this.space = space;
    this.random = random;
    int[] sizes = space.sizes();
    ordered = places(sizes, isOrdered, true);
    categorical = places(sizes, isOrdered, false);
    gaussians =
        Arrays.stream(ordered)
            .mapToObj(place -> new AsngGaussian(0, sizes[place] - 1))
            .toArray(AsngGaussian[]::new);
    int[] categoricalSizes = Arrays.stream(categorical).map(place -> sizes[place]).toArray();
    distribution = new AsngDistribution(categoricalSizes, gaussians);
  }

  /** A number with a single value has no Gaussian: it counts as categorical. */
  private static int[] places(int[] sizes, boolean[] isOrdered, boolean wanted) {
    return IntStream.range(0, sizes.length)
        .filter(place -> (isOrdered[place] && sizes[place] > 1) == wanted)
        .toArray();
  }

  @Override
  public int[] ask() {
    for (int rejected = 0; rejected < FeasibleSpace.MOST_REJECTIONS; rejected++) {
      if (unasked.isEmpty()) {
        unasked.addAll(distribution.drawPair(random));
      }
      Draw draw = unasked.removeFirst();
      int[] path = decoded(draw);
      if (space.contains(path)) {
        asked.addLast(draw);
        return path;
      }
    }
    int[] path = space.draw(random);
    asked.addLast(encoded(path));
    return path;
  }

  private int[] decoded(Draw draw) {
    int[] path = new int[categorical.length + ordered.length];
    for (int i = 0; i < categorical.length; i++) {
      path[categorical[i]] = draw.categories()[i];
    }
    for (int i = 0; i < ordered.length; i++) {
      path[ordered[i]] = gaussians[i].decoded(draw.numbers()[i]);
    }
    return path;
  }

  private Draw encoded(int[] path) {
    return new Draw(
        Arrays.stream(categorical).map(place -> path[place]).toArray(),
        Arrays.stream(ordered).mapToDouble(place -> path[place]).toArray());
  }

  @Override
  public void tell(int[] path, double score) {
    if (asked.isEmpty() || !Arrays.equals(decoded(asked.peekFirst()), path)) {
      throw new IllegalStateException(
          Arrays.toString(path) + " is not the network that was asked for first");
    }
    judged.add(new Judged(asked.removeFirst(), -score));
    if (judged.size() == 2) {
      distribution.update(judged);
      judged.clear();
      unasked.clear(); // a half left over is of the distribution before the step
    }
  }

  @Override
  public int[] sample() {
    return space.firstFeasible(() -> decoded(distribution.drawPair(random).get(0)), random);
  }

  @Override
  public double[][] probabilities() {
    double[][] theta = distribution.probabilities();
    double[][] p = new double[categorical.length + ordered.length][];
    for (int i = 0; i < categorical.length; i++) {
      p[categorical[i]] = theta[i];
    }
    for (int i = 0; i < ordered.length; i++) {
      p[ordered[i]] = gaussians[i].probabilities();
    }
    return p;
  }

  /** Adaptive stochastic natural gradient. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "asng";
    }

    @Override
    public String description() {
      return "a distribution follows an adaptive natural gradient of ranks; no rates to tune (ASNG-NAS)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new AsngSearch(space, random);
    }
  }
}
