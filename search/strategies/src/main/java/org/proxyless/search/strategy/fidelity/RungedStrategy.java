package org.proxyless.search.strategy.fidelity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;

/**
 * A strategy that decides how far each network is trained, asked like any other that only
 * evaluates; {@link #rung} says how far. It would return networks of the highest rung first.
 */
public final class RungedStrategy implements EvaluationStrategy {
  private final FidelityStrategy strategy;
  private final FeasibleSpace space;
  private final RandomGenerator random;
  private final Map<Trial, Double> told = new LinkedHashMap<>();
  private Trial asked;

  /**
   * @param strategy over the same space
   * @param random of draws besides the strategy's questions
   */
  public RungedStrategy(FidelityStrategy strategy, FeasibleSpace space, RandomGenerator random) {
    this.strategy = strategy;
    this.space = space;
    this.random = random;
  }

  @Override
  public int[] ask() {
    asked = strategy.ask();
    return asked.path().clone();
  }

  @Override
  public int rung() {
    return asked == null ? 0 : asked.rung();
  }

  @Override
  public void tell(int[] path, double score) {
    told.put(asked, score);
    strategy.tell(asked, score);
  }

  @Override
  public int[] sample() {
    return space.draw(random);
  }

  /** How often networks that were promoted take each candidate, as probabilities above 0. */
  @Override
  public double[][] probabilities() {
    int[] sizes = space.sizes();
    List<int[]> promoted =
        told.keySet().stream().filter(trial -> trial.rung() > 0).map(Trial::path).toList();
    double[][] p = new double[sizes.length][];
    for (int choice = 0; choice < sizes.length; choice++) {
      p[choice] = new double[sizes[choice]];
      double total = promoted.size() + 0.5 * sizes[choice]; // half a network of each candidate
      for (int c = 0; c < sizes[choice]; c++) {
        p[choice][c] = 0.5 / total;
      }
      for (int[] path : promoted) {
        p[choice][path[choice]] += 1 / total;
      }
    }
    return p;
  }

  @Override
  public List<int[]> preferred(Predicate<int[]> fits, int most) {
    Map<List<Integer>, int[]> best = new LinkedHashMap<>();
    List<Map.Entry<Trial, Double>> ranked = new ArrayList<>(told.entrySet());
    ranked.sort(
        Comparator.comparingInt((Map.Entry<Trial, Double> e) -> -e.getKey().rung())
            .thenComparing(Map.Entry.comparingByValue(Comparator.reverseOrder())));
    for (Map.Entry<Trial, Double> entry : ranked) {
      int[] path = entry.getKey().path();
      if (best.size() < most && fits.test(path)) {
        best.putIfAbsent(Arrays.stream(path).boxed().toList(), path.clone());
      }
    }
    return List.copyOf(best.values());
  }
}
