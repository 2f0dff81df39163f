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
import org.proxyless.search.strategy.blackbox.ToldNetworks;
import org.proxyless.search.strategy.model.PredictorEnsemble.Prediction;

/**
 * Bayesian optimisation with an ensemble of neural predictors in place of a Gaussian process (White
 * et al., BANANAS, AAAI 2021, algorithm 1, with the settings of the authors' code): after {@value
 * #FIRST_DRAWS} even draws, five networks of ten layers of 20 learn the scores; of {@value
 * #CANDIDATES} mutations of the best known networks and as many even draws those with the greatest
 * value drawn from N(mean, deviation²) of the ensemble are asked for, {@value #BATCH} at a time
 * (independent Thompson sampling), and so on. A question costs the same whatever the size of the
 * space. Even draws are the code's choice {@code mutation_random}: under a limit many mutations are
 * infeasible, and with mutations alone there would be no way out of some corners.
 *
 * <p>Other than theirs, networks are encoded by their choices and their latency, which is known for
 * free, since paths through a cell mean nothing in spaces without cells; and with many networks the
 * predictors learn anew less often, whenever there are a twentieth more.
 */
public final class BananasSearch implements EvaluationStrategy {
  private static final int FIRST_DRAWS = 10;
  private static final int BATCH = 10;
  private static final int CANDIDATES = 100;

  /** The best networks that are mutated if the very best have too few neighbours. */
  private static final int MOST_PARENTS = 5;

  /** Mutations that are drawn of each, many of them twice. */
  private static final int MUTATIONS_EACH = 100;

  private static final int MEMBERS = 5;
  private static final DenseRegression.Settings SETTINGS =
      new DenseRegression.Settings(10, 20, 150, 32, 0.01);

  private static final int GROWTH_SHARE = 20;

  /** Forgetting the oldest also forgets how shared weights were long ago. */
  static final int MOST_OBSERVATIONS = 5_000;

  private final FeasibleSpace space;
  private final DenseRegression.Settings settings;
  private final RandomGenerator random;
  private final ToldNetworks told = new ToldNetworks(MOST_OBSERVATIONS);
  private final Deque<int[]> next = new ArrayDeque<>();

  /**
   * @param random of draws, mutations and predictors
   */
  public BananasSearch(FeasibleSpace space, RandomGenerator random) {
    this(space, SETTINGS, random);
  }

  /**
   * @param settings of each predictor
   */
  public BananasSearch(
      FeasibleSpace space, DenseRegression.Settings settings, RandomGenerator random) {
    this.space = space;
    this.settings = settings;
    this.random = random;
  }

  @Override
  public int[] ask() {
    if (told.size() >= FIRST_DRAWS && next.isEmpty()) {
      choose();
    }
    return next.isEmpty() ? space.draw(random) : next.removeFirst();
  }

  /** The next networks; none if all that were looked at are known. */
  private void choose() {
    List<int[]> candidates = candidates();
    if (candidates.isEmpty()) {
      return;
    }
    PredictorEnsemble ensemble = PredictorEnsemble.fit(space, told, MEMBERS, 1, settings, random);
    Map<int[], Double> values = new LinkedHashMap<>();
    for (int[] candidate : candidates) {
      Prediction prediction = ensemble.predict(candidate);
      values.put(candidate, prediction.mean() + prediction.deviation() * random.nextGaussian());
    }
    values.entrySet().stream()
        .sorted(Map.Entry.<int[], Double>comparingByValue(Comparator.reverseOrder()))
        .limit(Math.max(BATCH, told.size() / GROWTH_SHARE))
        .forEach(entry -> next.add(entry.getKey()));
  }

  private List<int[]> candidates() {
    ToldNetworks candidates = new ToldNetworks();
    for (int[] parent : told.best(path -> true, MOST_PARENTS)) {
      for (int n = 0; n < MUTATIONS_EACH && candidates.size() < CANDIDATES; n++) {
        int[] child = Mutation.of(parent, space, random);
        if (space.contains(child) && !told.has(child)) {
          candidates.put(child, 0);
        }
      }
    }
    for (int n = 0; n < CANDIDATES; n++) {
      int[] drawn = space.draw(random);
      if (!told.has(drawn)) {
        candidates.put(drawn, 0);
      }
    }
    return candidates.paths();
  }

  @Override
  public void tell(int[] path, double score) {
    told.put(path, score);
  }

  /** A mutation of one of the best, or an even draw at the start. */
  @Override
  public int[] sample() {
    return Mutation.ofAny(told.best(path -> true, MOST_PARENTS), space, random);
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

  /** BANANAS. */
  public static final class Factory implements EvaluationStrategyFactory {
    @Override
    public String name() {
      return "bananas";
    }

    @Override
    public String description() {
      return "an ensemble of neural predictors picks among mutations of the best (BANANAS)";
    }

    @Override
    public EvaluationStrategy create(FeasibleSpace space, RandomGenerator random) {
      return new BananasSearch(space, random);
    }
  }
}
