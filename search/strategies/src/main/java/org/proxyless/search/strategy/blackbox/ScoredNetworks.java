package org.proxyless.search.strategy.blackbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Networks with their scores, in the order in which they were told. */
public final class ScoredNetworks {
  /** Added to every candidate's count, so that none is impossible. */
  private static final double PRIOR_COUNT = 0.5;

  private final List<Scored> all = new ArrayList<>();

  /** A network and its score. */
  record Scored(int[] path, double score) {}

  void add(int[] path, double score) {
    all.add(new Scored(path.clone(), score));
  }

  /** The best that fit, each network once. */
  List<int[]> best(Predicate<int[]> fits, int most) {
    List<int[]> best = new ArrayList<>();
    all.stream()
        .filter(scored -> fits.test(scored.path()))
        .sorted(Comparator.comparingDouble(scored -> -scored.score()))
        .takeWhile(scored -> best.size() < most)
        .forEach(
            scored -> {
              if (best.stream().noneMatch(path -> Arrays.equals(path, scored.path()))) {
                best.add(scored.path().clone());
              }
            });
    return best;
  }

  /** How often networks take each candidate, as probabilities above 0. */
  public static double[][] frequencies(Collection<int[]> paths, int[] sizes) {
    double[][] p = new double[sizes.length][];
    for (int e = 0; e < sizes.length; e++) {
      p[e] = new double[sizes[e]];
      Arrays.fill(p[e], PRIOR_COUNT / (paths.size() + PRIOR_COUNT * sizes[e]));
      for (int[] path : paths) {
        p[e][path[e]] += 1 / (paths.size() + PRIOR_COUNT * sizes[e]);
      }
    }
    return p;
  }
}
