package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.network.Coupling;
import org.proxyless.search.strategy.front.Hypervolume;
import org.proxyless.search.strategy.front.NsgaSearch;
import org.proxyless.search.strategy.front.ParetoOrder;
import org.proxyless.search.strategy.front.SparseFrontSearch;

class FrontTest {
  /** Makes a strategy of a space. */
  private interface Maker extends BiFunction<FeasibleSpace, RandomGenerator, EvaluationStrategy> {}

  static Stream<Maker> strategies() {
    return Stream.of(NsgaSearch::new, SparseFrontSearch::new);
  }

  /** Unit cells counted one by one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theHypervolumeIsWhatThePointsDominate(int figures) {
    SplittableRandom random = new SplittableRandom(figures);
    int side = 6;
    for (int round = 0; round < 20; round++) {
      List<double[]> points = new ArrayList<>();
      for (int n = 0; n < 8; n++) {
        points.add(random.doubles(figures, 0, side + 2).map(Math::floor).toArray());
      }
      int cells = 0;
      for (int cell = 0; cell < Math.pow(side, figures); cell++) {
        int number = cell;
        boolean dominated =
            points.stream()
                .anyMatch(
                    point ->
                        IntStream.range(0, figures)
                            .allMatch(m -> point[m] <= number / (int) Math.pow(side, m) % side));
        cells += dominated ? 1 : 0;
      }
      double[] reference = new double[figures];
      Arrays.fill(reference, side);
      assertThat(Hypervolume.of(points, reference)).isCloseTo(cells, within(1e-9));
    }
  }

  @Test
  void frontsArePeeledOffOneByOne() {
    SplittableRandom random = new SplittableRandom(3);
    List<double[]> points = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      points.add(random.doubles(3, 0, 5).map(Math::floor).toArray());
    }
    List<Integer> left = new ArrayList<>(IntStream.range(0, 60).boxed().toList());
    for (List<Integer> front : ParetoOrder.fronts(points)) {
      List<Integer> free =
          left.stream()
              .filter(
                  i ->
                      left.stream()
                          .noneMatch(j -> ParetoOrder.dominates(points.get(j), points.get(i))))
              .toList();
      assertThat(front).containsExactlyInAnyOrderElementsOf(free);
      left.removeAll(front);
    }
    assertThat(left).isEmpty();
  }

  @Test
  void whoIsFarFromItsNeighboursIsLeastCrowded() {
    List<double[]> front =
        List.of(
            new double[] {0, 10}, new double[] {2, 5}, new double[] {3, 4}, new double[] {8, 0});
    // (3 − 0)/8 + (10 − 4)/10 and (8 − 2)/8 + (5 − 0)/10
    assertThat(ParetoOrder.crowding(front))
        .containsExactly(
            new double[] {Double.POSITIVE_INFINITY, 0.975, 1.25, Double.POSITIVE_INFINITY},
            within(1e-12));
  }

  /** A candidate's cost is its score's: on each choice the last is dearest and best. */
  @ParameterizedTest
  @MethodSource("strategies")
  void theWholeFrontIsFoundAndNothingBreaksTheLimits(Maker maker) {
    double[][] parameters = {{1, 2, 3}, {1, 1, 4, 4}, {2, 1}, {1, 2, 3, 1}};
    Limit fewParameters = new Limit("parameters", 9, 0, parameters);
    FeasibleSpace space = new LimitedSpace(ToySpace.latency(), 10, List.of(fewParameters));
    EvaluationStrategy strategy = maker.apply(space, new SplittableRandom(2));
    List<double[]> found = new ArrayList<>();
    for (int n = 0; n < 400; n++) {
      int[] path = strategy.ask();
      assertThat(space.contains(path)).isTrue();
      assertThat(fewParameters.cost(path)).isLessThanOrEqualTo(9);
      strategy.tell(path, ToySpace.score(path));
      found.add(figures(path, space));
    }
    List<double[]> all =
        space.pool(1000, new SplittableRandom(1)).stream()
            .map(path -> figures(path, space))
            .toList();
    double[] reference = {0, 11, 10};
    assertThat(all.get(0)).hasSize(3);
    assertThat(Hypervolume.of(found, reference))
        .isCloseTo(Hypervolume.of(all, reference), within(1e-9));
  }

  private static double[] figures(int[] path, FeasibleSpace space) {
    double[] costs = space.costs(path);
    return new double[] {-ToySpace.score(path) - 1, costs[0], costs[1]};
  }

  @Test
  void whatIsMadeTogetherIsCrossedTogether() {
    double[][] millis = {{1, 2}, {0, 3, 1}, {0, 2, 4}, {1, 2}};
    FeasibleSpace space =
        new LimitedSpace(
            new SpaceLatency(1, millis, List.of(Coupling.keeping(1, new int[] {3, 3}, 1))),
            20,
            List.of());
    SplittableRandom random = new SplittableRandom(4);
    for (int n = 0; n < 100; n++) {
      int[] child = Crossover.of(new int[] {0, 2, 0, 0}, new int[] {1, 0, 1, 1}, space, random);
      assertThat(space.contains(child)).isTrue();
      assertThat(child[0]).isZero();
      assertThat(child[3]).isEqualTo(1);
    }
  }
}
