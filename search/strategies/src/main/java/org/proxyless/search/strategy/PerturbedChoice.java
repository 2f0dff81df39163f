package org.proxyless.search.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Networks near the likeliest one: the likeliest after noise of Gumbel's distribution was added to
 * every log p, solved under the same limits (Papandreou and Yuille, Perturb-and-MAP Random Fields,
 * 2011). Without limits, noise of scale s gives samples of p^(1/s).
 */
public final class PerturbedChoice {
  /** Between the likeliest network alone, 0, and samples of p, 1. */
  private static final double SCALE = 0.5;

  /** Draws for each network asked for, since some come more than once. */
  private static final int MOST_DRAWS = 5;

  private PerturbedChoice() {}

  /**
   * The likeliest network first, then others, each once.
   *
   * @param logProbabilities [edge][candidate]
   * @param choice the best network for such scores, within the limits
   * @param most networks in all; fewer where the noise leads to no others
   */
  public static List<int[]> draw(
      double[][] logProbabilities,
      Function<double[][], int[]> choice,
      int most,
      RandomGenerator random) {
    List<int[]> found = new ArrayList<>(List.of(choice.apply(logProbabilities)));
    for (int draw = 0; draw < MOST_DRAWS * most && found.size() < most; draw++) {
      int[] path = choice.apply(Gumbel.perturbed(logProbabilities, SCALE, random));
      if (found.stream().noneMatch(known -> Arrays.equals(known, path))) {
        found.add(path);
      }
    }
    return found;
  }
}
