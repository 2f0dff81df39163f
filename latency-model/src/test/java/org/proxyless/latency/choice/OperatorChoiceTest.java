package org.proxyless.latency.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Paths;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;

class OperatorChoiceTest {
  @Property(tries = 500)
  void theChoiceIsTheBestOfAll(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int edges,
      @ForAll @IntRange(min = 1, max = 3) int limits,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    Random random = new Random(seed);
    // Every other instance in whole numbers, where ties and exact fits abound.
    double grain = random.nextBoolean() ? 1 : 1e-9;
    int[] candidates = random.ints(edges, 1, 5).toArray();
    double[][] scores = draw(random, candidates, grain, -3);
    List<Limit> all = new ArrayList<>();
    for (int l = 0; l < limits; l++) {
      // Terms of linear models may be negative.
      double[][] costs = draw(random, candidates, grain, random.nextBoolean() ? 0 : -4);
      SpaceLatency range = new SpaceLatency(1, costs);
      double most = range.minMillis() + share * (range.maxMillis() - range.minMillis());
      all.add(new Limit("cost " + l, most, 1, costs));
    }
    int[] best = bruteForce(scores, all);
    if (best == null) {
      assertThatThrownBy(() -> OperatorChoice.best(scores, all))
          .isInstanceOf(InvalidInputException.class);
      return;
    }
    int[] choice = OperatorChoice.best(scores, all);
    assertThat(all).allMatch(limit -> limit.cost(choice) <= limit.most());
    assertThat(sum(scores, choice)).isCloseTo(sum(scores, best), within(1e-7));
    assertThat(OperatorChoice.best(scores, all)).isEqualTo(choice);
  }

  @Property(tries = 1000)
  void costsThatDifferByARoundingErrorAreStillTold(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] scores = draw(random, new int[] {3, 3, 3, 3}, 1e-9, -3);
    double[][] costs = draw(random, new int[] {3, 3, 3, 3}, 3, 0);
    for (double[] edge : costs) {
      Arrays.setAll(edge, k -> edge[k] + random.nextInt(3) * Math.ulp(edge[k]));
    }
    SpaceLatency space = new SpaceLatency(0.1, costs);
    double most = space.minMillis() + random.nextInt(5) * Math.ulp(space.minMillis());
    List<Limit> limits = List.of(Limit.latency(space, most));
    assertThat(sum(scores, OperatorChoice.best(scores, limits)))
        .isCloseTo(sum(scores, Objects.requireNonNull(bruteForce(scores, limits))), within(1e-7));
  }

  @Test
  void aLooseLimitLeavesTheBestOfEveryEdge() {
    double[][] scores = {{0, 2, 1}, {5, 4}};
    SpaceLatency space = new SpaceLatency(1, new double[][] {{1, 9, 1}, {7, 1}});
    assertThat(OperatorChoice.best(scores, space, 17)).containsExactly(1, 0);
  }

  @Test
  void aLimitOfTheCheapestNetworkLeavesOnlyThat() {
    double[][] scores = {{0, 2, 1}, {5, 4}};
    SpaceLatency space = new SpaceLatency(0.1, new double[][] {{0.2, 9, 0.3}, {7, 0.7}});
    assertThat(OperatorChoice.best(scores, space, space.minMillis())).containsExactly(0, 1);
  }

  @Test
  void anUnreachableLatencyIsRefusedWithTheRange() {
    SpaceLatency space = new SpaceLatency(1, new double[][] {{1, 9}, {7, 1}});
    for (double target : new double[] {2.5, -1, Double.NaN}) {
      assertThatThrownBy(() -> OperatorChoice.best(new double[2][2], space, target))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("from 3.0000 to 17.0000 ms");
    }
  }

  @Test
  void limitsThatExcludeOneAnotherAreRefusedByName() {
    Limit latency = new Limit("latency in ms", 1, 0, new double[][] {{1, 2}});
    Limit parameters = new Limit("parameters", 10, 0, new double[][] {{20, 10}});
    assertThatThrownBy(() -> OperatorChoice.best(new double[1][2], List.of(latency, parameters)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("latency in ms at most 1.0")
        .hasMessageContaining("parameters at most 10.0")
        .hasMessageContaining("from 10.0000 to 20.0000");
  }

  @Test
  void scoresOfAnotherSpaceOrWithoutAValueAreAProgrammingError() {
    SpaceLatency space = new SpaceLatency(1, new double[][] {{1, 9}, {7, 1}});
    double[][] missing = {{0, 0}, {0, Double.NEGATIVE_INFINITY}};
    assertThatThrownBy(() -> OperatorChoice.best(new double[2][3], space, 9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OperatorChoice.best(missing, space, 9))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theWholeImageNetSpaceTakesNoTime() {
    Random random = new Random(7);
    int[] candidates = new int[21];
    Arrays.setAll(candidates, edge -> edge % 4 == 0 ? 6 : 7);
    Duration worst = Duration.ZERO;
    for (int instance = 0; instance < 200; instance++) {
      double[][] costs = draw(random, candidates, 1e-9, 0);
      double[][] scores = draw(random, candidates, 1e-9, 0);
      for (int edge = 0; edge < costs.length; edge++) {
        for (int k = 0; k < costs[edge].length; k++) {
          scores[edge][k] += 5 * costs[edge][k]; // the dearer, the better, as operators are
        }
      }
      SpaceLatency space = new SpaceLatency(1, costs);
      double share = 0.1 + 0.8 * random.nextDouble();
      double most = space.minMillis() + share * (space.maxMillis() - space.minMillis());
      long start = System.nanoTime();
      int[] choice = OperatorChoice.best(scores, space, most);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      worst = worst.compareTo(time) > 0 ? worst : time;
      assertThat(space.latencyMillis(choice)).isLessThanOrEqualTo(most);
    }
    // Far above what it takes, so that only a blow-up of the search fails on a busy machine.
    assertThat(worst).isLessThan(Duration.ofSeconds(2));
  }

  private static double[][] draw(Random random, int[] candidates, double grain, double low) {
    return Arrays.stream(candidates)
        .mapToObj(n -> random.doubles(n, low, low + 6).map(v -> Math.rint(v / grain) * grain))
        .map(edge -> edge.toArray())
        .toArray(double[][]::new);
  }

  private static double sum(double[][] values, int[] choice) {
    double sum = 0;
    for (int edge = 0; edge < choice.length; edge++) {
      sum += values[edge][choice[edge]];
    }
    return sum;
  }

  /** Null where no choice keeps the limits. */
  private static int @Nullable [] bruteForce(double[][] scores, List<Limit> limits) {
    int[] best = null;
    for (int[] choice : Paths.all(scores)) {
      boolean fits = limits.stream().allMatch(limit -> limit.cost(choice) <= limit.most());
      if (fits && (best == null || sum(scores, choice) > sum(scores, best))) {
        best = choice;
      }
    }
    return best;
  }
}
