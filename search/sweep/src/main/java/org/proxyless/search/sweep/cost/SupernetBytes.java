package org.proxyless.search.sweep.cost;

import java.util.List;
import org.proxyless.network.Operator;
import org.proxyless.search.run.settings.CandidateWeights;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.Block;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/** How large what a search keeps is, by its space alone. */
public final class SupernetBytes {
  private static final int FLOAT = 4;

  /** A weight, and its momentum. */
  private static final int COPIES = 2;

  private SupernetBytes() {}

  /**
   * Of one checkpoint: all weights of the supernet and their momentum, in the space's own number of
   * classes. Nested candidates have those of the largest.
   */
  public static double checkpoint(SearchSettings settings) {
    boolean nested = settings.candidateWeights() == CandidateWeights.NESTED;
    SearchSpace space = SearchSpaces.load(settings.space(), settings.width(), null, null);
    long parameters = space.blocks().stream().mapToLong(block -> parameters(block, nested)).sum();
    return (double) COPIES * FLOAT * parameters;
  }

  private static long parameters(Block block, boolean nested) {
    List<Operator> candidates = block.candidates();
    return nested
        ? candidates.stream().mapToLong(Operator::parameters).max().orElseThrow()
        : candidates.stream().mapToLong(Operator::parameters).sum();
  }
}
