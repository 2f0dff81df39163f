package org.proxyless.search.strategy.blackbox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.proxyless.network.Coupling;

/**
 * The networks that a strategy may ask for: a choice of one candidate a place, within a latency
 * that is known without evaluating anything.
 */
public interface FeasibleSpace {
  /** Proposals that are rejected before a network is drawn evenly instead. */
  int MOST_REJECTIONS = 200;

  /** Draws for each network of several, since some are drawn twice. */
  int DRAWS_EACH = 4;

  /** The number of candidates of each choice. */
  int[] sizes();

  /** Choices that are made together. */
  default List<Coupling> couplings() {
    return List.of();
  }

  /** The latency of a feasible network, in milliseconds or whatever the limit is in; above 0. */
  double latencyMillis(int[] path);

  /** All that is known of a feasible network's costs: its latency first; all above 0. */
  default double[] costs(int[] path) {
    return new double[] {latencyMillis(path)};
  }

  /** Whether a network exists and keeps the limit. */
  boolean contains(int[] path);

  /** Draws a feasible network, each as likely as any other. */
  int[] draw(RandomGenerator random);

  /**
   * Feasible networks, each once: all of them if they are no more than asked for, else as many as
   * that, drawn evenly.
   */
  List<int[]> pool(int most, RandomGenerator random);

  /** Even draws, each network once: as many as asked for, or what many draws bring. */
  default List<int[]> draws(int most, RandomGenerator random) {
    Map<List<Integer>, int[]> drawn = new LinkedHashMap<>();
    for (int draw = 0; draw < DRAWS_EACH * most && drawn.size() < most; draw++) {
      int[] path = draw(random);
      drawn.put(Arrays.stream(path).boxed().toList(), path);
    }
    return List.copyOf(drawn.values());
  }

  /** The feasible network that costs least. */
  int[] cheapest();

  /**
   * Whether a feasible network may begin like this.
   *
   * @param path of which only the first choices count
   * @param decided how many those are
   * @return false only if none does
   */
  boolean mayBegin(int[] path, int decided);

  /** Rejection before evaluation: the first feasible proposal, or an even draw after many. */
  default int[] firstFeasible(Supplier<int[]> proposals, RandomGenerator random) {
    for (int rejected = 0; rejected < MOST_REJECTIONS; rejected++) {
      int[] proposal = proposals.get();
      if (contains(proposal)) {
        return proposal;
      }
    }
    return draw(random);
  }
}
