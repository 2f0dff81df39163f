package org.proxyless.search.strategy.fidelity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;

/**
 * Draws networks where good ones are dense and others are not, as BOHB does (Falkner et al., ICML
 * 2018, algorithm 2, with the settings of the authors' code): of the highest rung with enough
 * scores the best {@value #GOOD_PERCENT} % have one kernel density, l, the others another, g; of
 * {@value #SAMPLES} networks near good ones the one with the greatest l/g is taken. One draw in
 * three is even. What breaks the limit is left out before it is looked at.
 */
final class DensityModel implements NetworkSource {
  private static final int GOOD_PERCENT = 15;
  private static final int SAMPLES = 64;
  private static final double EVEN_SHARE = 1.0 / 3;
  private static final double LEAST_DENSITY = 1e-32;

  private final FeasibleSpace space;
  private final RandomGenerator random;
  private final List<List<Told>> rungs = new ArrayList<>();

  /** What both densities need at least: one more than there are choices. */
  private final int least;

  private record Told(int[] path, double score) {}

  /**
   * @param rungs how many there are
   */
  DensityModel(FeasibleSpace space, int rungs, RandomGenerator random) {
    this.space = space;
    this.random = random;
    least = space.sizes().length + 1;
    for (int rung = 0; rung < rungs; rung++) {
      this.rungs.add(new ArrayList<>());
    }
  }

  @Override
  public void tell(Trial trial, double score) {
    rungs.get(trial.rung()).add(new Told(trial.path(), score));
  }

  @Override
  public int[] draw() {
    boolean even = random.nextDouble() < EVEN_SHARE;
    for (int rung = rungs.size() - 1; rung >= 0 && !even; rung--) {
      List<Told> known = rungs.get(rung);
      if (known.size() >= 2 * least) {
        return promising(known);
      }
    }
    return space.draw(random);
  }

  private int[] promising(List<Told> known) {
    List<int[]> ranked =
        known.stream()
            .sorted(Comparator.comparingDouble(told -> -told.score()))
            .map(Told::path)
            .toList();
    int many = Math.max(least, GOOD_PERCENT * ranked.size() / 100);
    int[] sizes = space.sizes();
    KernelDensity good = new KernelDensity(ranked.subList(0, many), sizes);
    KernelDensity bad = new KernelDensity(ranked.subList(many, ranked.size()), sizes);
    int[] best = null;
    double greatest = -1;
    for (int sample = 0; sample < SAMPLES; sample++) {
      int[] path = good.draw(random);
      if (space.contains(path)) {
        double ratio =
            Math.max(LEAST_DENSITY, good.of(path)) / Math.max(LEAST_DENSITY, bad.of(path));
        if (ratio > greatest) {
          greatest = ratio;
          best = path;
        }
      }
    }
    return best == null ? space.draw(random) : best;
  }
}
