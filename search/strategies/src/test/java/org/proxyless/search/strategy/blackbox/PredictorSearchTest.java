package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.model.BananasSearch;
import org.proxyless.search.strategy.model.DenseRegression;
import org.proxyless.search.strategy.model.ProgressiveSearch;

class PredictorSearchTest {
  private static final double LIMIT = 9;

  /** Quick ones. */
  private static final DenseRegression.Settings SMALL =
      new DenseRegression.Settings(2, 16, 40, 16, 0.02);

  /** Makes a strategy. */
  private interface Maker extends BiFunction<FeasibleSpace, RandomGenerator, EvaluationStrategy> {}

  static Stream<Maker> both() {
    return Stream.of(
        (space, random) -> new BananasSearch(space, SMALL, random),
        (space, random) -> new ProgressiveSearch(space, SMALL, random));
  }

  @ParameterizedTest
  @MethodSource("both")
  void theSameSeedAsksTheSameAndOnlyWhatIsFeasible(Maker maker) {
    List<int[]> one = questions(maker, 8);
    assertThat(questions(maker, 8)).usingRecursiveComparison().isEqualTo(one);
    assertThat(questions(maker, 9)).usingRecursiveComparison().isNotEqualTo(one);
    FeasibleSpace space = ToySpace.within(LIMIT);
    assertThat(one).allMatch(space::contains);
    double best =
        space.pool(1000, new SplittableRandom(1)).stream()
            .mapToDouble(ToySpace::score)
            .max()
            .orElseThrow();
    assertThat(one.stream().mapToDouble(ToySpace::score).max().orElseThrow()).isEqualTo(best);
  }

  private static List<int[]> questions(Maker maker, long seed) {
    EvaluationStrategy strategy = maker.apply(ToySpace.within(LIMIT), new SplittableRandom(seed));
    List<int[]> questions = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      int[] path = strategy.ask();
      questions.add(path);
      strategy.tell(path, ToySpace.score(path));
      assertThat(ToySpace.within(LIMIT).contains(strategy.sample())).isTrue();
    }
    for (double[] p : strategy.probabilities()) {
      assertThat(Arrays.stream(p).boxed()).allMatch(x -> x > 0);
    }
    return questions;
  }

  @ParameterizedTest
  @MethodSource("both")
  void fromItsStateItGoesOnAsIfItHadNeverStopped(Maker maker) {
    EvaluatingStrategy first = strategy(maker);
    EvaluatingStrategy second = strategy(maker);
    for (int n = 0; n < 35; n++) {
      first.samplePath();
      first.evaluate(PredictorSearchTest::score);
    }
    second.restore(first.state());
    assertThat(second.state()).usingRecursiveComparison().isEqualTo(first.state());
    for (int n = 0; n < 10; n++) {
      assertThat(second.samplePath()).containsExactly(first.samplePath());
      first.evaluate(PredictorSearchTest::score);
      second.evaluate(PredictorSearchTest::score);
    }
    assertThat(second.propose(LIMIT)).usingRecursiveComparison().isEqualTo(first.propose(LIMIT));
  }

  private static EvaluatingStrategy strategy(Maker maker) {
    return new EvaluatingStrategy(
        maker.apply(ToySpace.within(LIMIT), new SplittableRandom(5)),
        ToySpace.latency(),
        List.of());
  }

  private static PathScore score(int[] path) {
    return new PathScore(1, ToySpace.score(path));
  }

  @Test
  void progressiveSearchGrowsNetworksByOneChoiceAtATime() {
    FeasibleSpace space = ToySpace.within(13);
    ProgressiveSearch search = new ProgressiveSearch(space, SMALL, new SplittableRandom(1));
    List<Integer> sizes = new ArrayList<>();
    Set<List<Integer>> asked = new HashSet<>();
    for (int n = 0; n < 50; n++) {
      int[] path = search.ask();
      assertThat(asked.add(Arrays.stream(path).boxed().toList())).isTrue();
      sizes.add((int) Arrays.stream(path).filter(candidate -> candidate != 0).count());
      search.tell(path, ToySpace.score(path));
    }
    assertThat(sizes).isSorted();
    assertThat(sizes.subList(0, 11)).containsExactly(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2);
    assertThat(sizes.stream().filter(size -> size == 2)).hasSize(20); // the beam
    assertThat(sizes.get(49)).isGreaterThan(2);
  }

  @Test
  void progressiveSearchReturnsToWhatItLeftOut() {
    FeasibleSpace space = ToySpace.within(13);
    ProgressiveSearch search = new ProgressiveSearch(space, SMALL, new SplittableRandom(1));
    ToldNetworks told = new ToldNetworks();
    for (int n = 0; n < 80; n++) {
      int[] path = search.ask();
      told.put(path, 0);
      search.tell(path, ToySpace.score(path));
    }
    assertThat(told.size()).isEqualTo(80);
  }

  @Test
  void predictorsLeadToTheBestOfALargeSpace() {
    double[][] millis = new double[12][4];
    for (double[] edge : millis) {
      Arrays.setAll(edge, c -> 1 + c);
    }
    FeasibleSpace space = new LimitedSpace(new SpaceLatency(0, millis), 26, List.of());
    BananasSearch search = new BananasSearch(space, SMALL, new SplittableRandom(2));
    double best = 0;
    double bestOfFirst = 0;
    for (int n = 0; n < 80; n++) {
      int[] path = search.ask();
      assertThat(space.contains(path)).isTrue();
      double score = 0;
      for (int e = 0; e < path.length; e++) {
        score += (e < 6 ? path[e] : -path[e]) / 10.0;
      }
      search.tell(path, score);
      best = Math.max(best, score);
      bestOfFirst = n < 10 ? best : bestOfFirst;
    }
    assertThat(best).isGreaterThan(bestOfFirst + 0.5); // of 1.4
  }
}
