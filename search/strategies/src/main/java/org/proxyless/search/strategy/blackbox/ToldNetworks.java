package org.proxyless.search.strategy.blackbox;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a strategy was told, each network once with its last score, in the order of the first. */
public final class ToldNetworks {
  private static final int BEST_SHARE = 4;

  private final Map<List<Integer>, Double> scores = new LinkedHashMap<>();

  private final int most;

  /** Remembers all. */
  public ToldNetworks() {
    this(Integer.MAX_VALUE);
  }

  /**
   * Remembers no more than so many: of one more the older half is forgotten.
   *
   * @param most that are remembered
   */
  public ToldNetworks(int most) {
    this.most = most;
  }

  private static List<Integer> key(int[] path) {
    return Arrays.stream(path).boxed().toList();
  }

  private static int[] path(List<Integer> key) {
    return key.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether it is new. */
  public boolean put(int[] path, double score) {
    boolean isNew = scores.put(key(path), score) == null;
    if (size() > most) {
      scores.keySet().removeAll(scores.keySet().stream().limit(most / 2).toList());
    }
    return isNew;
  }

  public boolean has(int[] path) {
    return scores.containsKey(key(path));
  }

  /** The score of a network that {@link #has} one. */
  public double score(int[] path) {
    return scores.get(key(path));
  }

  public int size() {
    return scores.size();
  }

  public List<int[]> paths() {
    return scores.keySet().stream().map(ToldNetworks::path).toList();
  }

  /** In the order of the paths. */
  public double[] scores() {
    return scores.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The best that fit; of equal ones the first told. */
  public List<int[]> best(Predicate<int[]> fits, int most) {
    return scores.entrySet().stream()
        .sorted(Map.Entry.<List<Integer>, Double>comparingByValue(Comparator.reverseOrder()))
        .map(entry -> path(entry.getKey()))
        .filter(fits)
        .limit(most)
        .toList();
  }

  /** How often the best quarter of the networks take each candidate, as probabilities above 0. */
  public double[][] frequencies(int[] sizes) {
    return ScoredNetworks.frequencies(best(path -> true, size() / BEST_SHARE), sizes);
  }
}
