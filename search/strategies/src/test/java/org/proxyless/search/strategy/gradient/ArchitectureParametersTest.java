package org.proxyless.search.strategy.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;

class ArchitectureParametersTest {
  private static final int EDGES = 12;
  private static final double[] MILLIS = {1, 1.3, 1.1, 1.7, 0};
  private static final SpaceLatency LATENCY =
      new SpaceLatency(
          0.5, Arrays.stream(new double[EDGES][]).map(e -> MILLIS).toArray(double[][]::new));

  private static ArchitectureParameters parameters(double skip) {
    int[] sizes = new int[EDGES];
    Arrays.fill(sizes, MILLIS.length);
    ArchitectureParameters parameters = new ArchitectureParameters(sizes, new SplittableRandom(1));
    for (double[] edge : parameters.values()) {
      edge[4] = skip;
    }
    return parameters;
  }

  /** At 0.4 for a skip the mode is to skip everything, though the network skips a third of it. */
  @Test
  void aSlightPreferenceForSkipsDoesNotLeaveTheBudgetUnused() {
    ArchitectureParameters undecided = parameters(0.4);
    double expected = LATENCY.expectedMillis(undecided.probabilities());
    double chosen =
        LATENCY.latencyMillis(undecided.typical(LATENCY, expected, List.of()).likeliest());
    assertThat(chosen).isBetween(0.8 * expected, expected);
  }

  /** All is decided but for one edge, where the limit takes the middle between dear and cheap. */
  @Test
  void aBudgetThatHoldsTheLatencyDownIsUsed() {
    ArchitectureParameters decided = parameters(-3);
    for (double[] edge : decided.values()) {
      edge[3] = 6;
    }
    decided.values()[0][4] = 6.2;
    double expected = LATENCY.expectedMillis(decided.probabilities());
    int[] path = decided.kept(LATENCY, expected, List.of()).likeliest();
    assertThat(LATENCY.latencyMillis(path)).isBetween(0.97 * expected, expected);
  }

  @Test
  void noBudgetIsUsedOnWhatIsAsGoodAsExcluded() {
    ArchitectureParameters decided = parameters(-60);
    for (double[] edge : decided.values()) {
      edge[3] = 20;
    }
    decided.values()[0][4] = 20.2;
    double expected = LATENCY.expectedMillis(decided.probabilities());
    int[] path = decided.kept(LATENCY, expected, List.of()).likeliest();
    assertThat(path).startsWith(4).doesNotContain(0, 1, 2);
  }

  @Test
  void aDecidedPreferenceForSkipsIsFollowed() {
    ArchitectureParameters decided = parameters(5);
    assertThat(decided.typical(LATENCY, 20, List.of()).likeliest()).containsOnly(4);
  }

  @Test
  void othersNearTheLikeliestUseTheBudgetToo() {
    ArchitectureParameters held = parameters(-3);
    for (double[] edge : held.values()) {
      edge[3] = 1;
    }
    double expected = LATENCY.expectedMillis(held.probabilities());
    List<int[]> likely = held.kept(LATENCY, expected, List.of()).likely(6, new SplittableRandom(1));
    assertThat(likely).hasSize(6);
    assertThat(likely.get(0)).containsExactly(held.kept(LATENCY, expected, List.of()).likeliest());
    assertThat(likely)
        .allSatisfy(
            path -> assertThat(LATENCY.latencyMillis(path)).isBetween(0.97 * expected, expected));
  }

  @Test
  void theLimitIsKept() {
    for (double most : new double[] {0.6, 3, 7, 30}) {
      assertThat(
              LATENCY.latencyMillis(parameters(-3).typical(LATENCY, most, List.of()).likeliest()))
          .isLessThanOrEqualTo(most);
    }
  }

  @Test
  void otherLimitsAreKeptWithTheLatency() {
    double[][] sizes = new double[EDGES][];
    Arrays.fill(sizes, new double[] {1, 1, 5, 5, 0});
    Limit size = new Limit("size", 20, 0, sizes);
    for (double skip : new double[] {-3, 0.4, 5}) {
      int[] path = parameters(skip).typical(LATENCY, 9, List.of(size)).likeliest();
      assertThat(size.cost(path)).isLessThanOrEqualTo(20);
      assertThat(LATENCY.latencyMillis(path)).isLessThanOrEqualTo(9);
    }
  }
}
