package org.proxyless.search.strategy.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.Mutation;
import org.proxyless.search.strategy.blackbox.NormalScores;
import org.proxyless.search.strategy.blackbox.ScoredNetworks;

/**
 * Bayesian optimisation: a Gaussian process over networks ({@link NetworkKernel}), and next the
 * feasible network with the greatest expected improvement on the best score so far. A space of up
 * to {@value #WHOLE_POOL} feasible networks is looked at as a whole; of a larger one a pool of even
 * draws and mutations of the best, made anew from time to time. Nothing is asked for twice.
 */
public final class BayesSearch implements EvaluationStrategy {
  /** Even draws before there is anything to model. */
  private static final int FIRST_DRAWS = 10;

  private static final int WHOLE_POOL = 20_000;
  private static final int DRAWN_POOL = 2_000;
  private static final int MUTATED = 10;
  private static final int MUTATIONS_EACH = 50;

  /** The kernel is fitted again whenever there are so many times more observations. */
  private static final double REFIT_GROWTH = 1.5;

  /** Observations until a drawn pool is made anew at the latest. */
  private static final int REDRAW = 50;

  /** The fit's cost grows with their third power. */
  private static final int MOST_FITTED = 120;

  /** Then the older half is forgotten, which also forgets how the weights were long ago. */
  private static final int MOST_OBSERVATIONS = 1_000;

  private static final int BEST_SHARE = 4;

  private final FeasibleSpace space;
  private final RandomGenerator random;
  private final KernelFit kernelFit;

  /** By path: the scores told, in the order of the first telling. */
  private final Map<List<Integer>, Double> told = new LinkedHashMap<>();

  private final Map<List<Integer>, Integer> places = new HashMap<>();
  private List<int[]> pool = List.of();
  private boolean[] asked = {};
  private GaussianProcess process;
  private int nextFit;
  private int questions;

  /**
   * @param random of the first draws, of the kernel's fit and of a large space's pool
   */
  public BayesSearch(FeasibleSpace space, RandomGenerator random) {
    this.space = space;
    this.random = random;
    kernelFit = new KernelFit(space.sizes().length, random);
  }

  @Override
  public int[] ask() {
    if (questions++ < FIRST_DRAWS || told.size() < 2) {
      return space.draw(random);
    }
    observe();
    double[] scores = scores();
    double best = Arrays.stream(scores).max().orElseThrow();
    double[] mean = process.mean(scores);
    int next = -1;
    double greatest = -1;
    for (int x = 0; x < mean.length; x++) {
      double deviation = process.deviation(x);
      if (!asked[x] && ExpectedImprovement.bound(mean[x], deviation, best) > greatest) {
        double improvement = ExpectedImprovement.of(mean[x], deviation, best);
        if (improvement > greatest) {
          greatest = improvement;
          next = x;
        }
      }
    }
    if (next < 0) {
      return space.draw(random); // everything was asked for
    }
    asked[next] = true;
    return pool.get(next).clone();
  }

  @Override
  public void tell(int[] path, double score) {
    told.put(key(path), score);
    if (told.size() > MOST_OBSERVATIONS) {
      told.keySet().removeAll(told.keySet().stream().limit(MOST_OBSERVATIONS / 2).toList());
      process = null;
    }
  }

  @Override
  public boolean takesLies() {
    return true;
  }

  /** Brings the process up to what was told. */
  private void observe() {
    List<List<Integer>> networks = List.copyOf(told.keySet());
    boolean fits = process != null && networks.size() < nextFit;
    for (int n = fits ? process.size() : 0; fits && n < networks.size(); n++) {
      Integer place = places.get(networks.get(n));
      fits = place != null;
      if (fits) {
        process.add(place);
        asked[place] = true;
      }
    }
    if (!fits) {
      renew();
    }
  }

  /** A new pool, those told first, and a kernel fitted to them. */
  private void renew() {
    List<int[]> others = space.pool(WHOLE_POOL, random);
    boolean whole = others.size() < WHOLE_POOL;
    if (!whole) {
      others = new ArrayList<>(others.subList(0, DRAWN_POOL));
      for (int[] path : preferred(path -> true, MUTATED)) {
        for (int n = 0; n < MUTATIONS_EACH; n++) {
          others.add(space.firstFeasible(() -> Mutation.of(path, space, random), random));
        }
      }
    }
    places.clear();
    told.keySet().forEach(key -> places.put(key, places.size()));
    pool = new ArrayList<>(told.keySet().stream().map(BayesSearch::path).toList());
    for (int[] path : others) {
      if (places.putIfAbsent(key(path), pool.size()) == null) {
        pool.add(path);
      }
    }
    NetworkFeatures[] features = NetworkFeatures.of(pool, space);
    int[] observed = IntStream.range(0, told.size()).toArray();
    asked = new boolean[pool.size()];
    Arrays.fill(asked, 0, observed.length, true);
    process =
        new GaussianProcess(fitted(features, observed), features, observed, MOST_OBSERVATIONS + 1);
    nextFit = (int) Math.ceil(REFIT_GROWTH * told.size());
    if (!whole) {
      nextFit = Math.min(nextFit, told.size() + REDRAW);
    }
  }

  private NetworkKernel fitted(NetworkFeatures[] features, int[] observed) {
    int[] some = observed.clone();
    for (int n = 0; n < Math.min(MOST_FITTED, some.length); n++) {
      int other = random.nextInt(n, some.length);
      int kept = some[n];
      some[n] = some[other];
      some[other] = kept;
    }
    double[] scores = scores();
    int[] chosen = Arrays.copyOf(some, Math.min(MOST_FITTED, some.length));
    return kernelFit.fit(
        Arrays.stream(chosen).mapToObj(n -> features[n]).toArray(NetworkFeatures[]::new),
        Arrays.stream(chosen).mapToDouble(n -> scores[n]).toArray());
  }

  private double[] scores() {
    return NormalScores.of(told.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Those told that fit, by what the process expects of them, which evens out noisy scores. */
  @Override
  public List<int[]> preferred(Predicate<int[]> fits, int most) {
    if (told.isEmpty()) {
      return List.of();
    }
    double[] scores = scores();
    double[] mean = process == null ? scores : process.mean(Arrays.copyOf(scores, process.size()));
    List<List<Integer>> networks = List.copyOf(told.keySet());
    double[] expected = new double[networks.size()];
    for (int n = 0; n < expected.length; n++) {
      boolean known = process != null && n < process.size();
      expected[n] = known ? mean[places.get(networks.get(n))] : scores[n];
    }
    return IntStream.range(0, expected.length)
        .boxed()
        .sorted(Comparator.comparingDouble(n -> -expected[n]))
        .map(n -> path(networks.get(n)))
        .filter(fits)
        .limit(most)
        .toList();
  }

  @Override
  public int[] sample() {
    double[][] p = probabilities();
    return space.firstFeasible(() -> Categorical.sample(p, random), random);
  }

  /** How often the best quarter of the networks take each candidate. */
  @Override
  public double[][] probabilities() {
    return ScoredNetworks.frequencies(
        preferred(path -> true, told.size() / BEST_SHARE), space.sizes());
  }

  private static List<Integer> key(int[] path) {
    return Arrays.stream(path).boxed().toList();
  }

  private static int[] path(List<Integer> key) {
    return key.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Bayesian optimisation with a Gaussian process. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "bayes";
    }

    @Override
    public String description() {
      return "a Gaussian process over networks and latency picks what promises most improvement";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new BayesSearch(space, random);
    }
  }
}
