package org.proxyless.search.strategy.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.LimitedSpace;

class HalvingSearchTest {
  private static final double[] BUDGETS = {1, 3, 9};

  /** Made with a generator. */
  private interface Maker extends Function<RandomGenerator, HalvingSearch> {}

  static Stream<Maker> all() {
    return Stream.of(
        random -> HalvingSearch.successiveHalving(space(), BUDGETS, random),
        random -> HalvingSearch.hyperband(space(), BUDGETS, random),
        random -> HalvingSearch.bohb(space(), BUDGETS, random));
  }

  /** 5 choices of 4; candidate c costs 1 + c; of 1,024 networks 626 keep the limit. */
  private static FeasibleSpace space() {
    double[][] millis = new double[5][4];
    for (double[] edge : millis) {
      Arrays.setAll(edge, c -> 1 + c);
    }
    return new LimitedSpace(new SpaceLatency(0, millis), 13, List.of());
  }

  /** Less training, more noise. */
  private static double score(Trial trial) {
    double score = 0;
    for (int e = 0; e < trial.path().length; e++) {
      score += (e + 1) * trial.path()[e];
    }
    double noise = new SplittableRandom(trial.hashCode()).nextDouble();
    return score / 45 + noise * 0.1 * (BUDGETS.length - 1 - trial.rung());
  }

  /** Li et al., JMLR 2018, table 1: R = 81, η = 3. */
  @Test
  void bracketsAreThoseOfThePaper() {
    int[][] expected = {{81, 27, 9, 3, 1}, {34, 11, 3, 1}, {15, 5, 1}, {8, 2}, {5}};
    for (int[] networks : expected) {
      SplittableRandom random = new SplittableRandom(1);
      Bracket bracket = new Bracket(() -> space().draw(random), 5, networks.length - 1, 3);
      int[] trials = new int[5];
      while (!bracket.isDone()) {
        Trial trial = bracket.next();
        trials[trial.rung()]++;
        bracket.tell(trial, random.nextDouble());
      }
      assertThat(Arrays.copyOfRange(trials, 5 - networks.length, 5)).containsExactly(networks);
      assertThat(Arrays.stream(trials).sum()).isEqualTo(Arrays.stream(networks).sum());
    }
  }

  @Test
  void theBestOfARungArePromoted() {
    SplittableRandom random = new SplittableRandom(1);
    Bracket bracket = new Bracket(() -> space().draw(random), 2, 1, 3);
    assertThat(bracket.networks()).isEqualTo(3);
    List<int[]> drawn = new ArrayList<>();
    for (double score : new double[] {0.2, 0.7, 0.5}) {
      Trial trial = bracket.next();
      drawn.add(trial.path());
      bracket.tell(trial, score);
    }
    assertThat(bracket.next()).isEqualTo(new Trial(drawn.get(1), 1));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameSeedTriesTheSameAndOnlyWhatIsFeasible(Maker maker) {
    List<Trial> one = trials(maker.apply(new SplittableRandom(3)), 300);
    List<Trial> same = trials(maker.apply(new SplittableRandom(3)), 300);
    List<Trial> other = trials(maker.apply(new SplittableRandom(4)), 300);
    assertThat(same).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
    FeasibleSpace space = space();
    assertThat(one).allMatch(trial -> space.contains(trial.path()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void inTheEndTheBestNetworkIsTrainedToTheEnd(Maker maker) {
    Set<Trial> trials = new HashSet<>(trials(maker.apply(new SplittableRandom(5)), 3000));
    // 8 steps up: the last two choices take all they can.
    assertThat(trials).contains(new Trial(new int[] {0, 0, 2, 3, 3}, 2));
    Map<Integer, Integer> byRung = new HashMap<>();
    trials.forEach(trial -> byRung.merge(trial.rung(), 1, Integer::sum));
    assertThat(byRung.get(0)).isGreaterThan(byRung.get(2));
  }

  private static List<Trial> trials(HalvingSearch search, int many) {
    List<Trial> trials = new ArrayList<>();
    for (int n = 0; n < many; n++) {
      Trial trial = search.ask();
      trials.add(trial);
      search.tell(trial, score(trial));
    }
    return trials;
  }

  @Test
  void aDensityIsAProbabilityAndGreatestWhereNetworksAreKnown() {
    int[] sizes = {2, 3, 4};
    List<int[]> known =
        List.of(new int[] {0, 1, 3}, new int[] {0, 1, 2}, new int[] {0, 2, 3}, new int[] {0, 1, 3});
    KernelDensity density = new KernelDensity(known, sizes);
    double sum = 0;
    double greatest = 0;
    for (int n = 0; n < 24; n++) {
      double p = density.of(new int[] {n % 2, n / 2 % 3, n / 6});
      sum += p;
      greatest = Math.max(greatest, p);
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(density.of(new int[] {0, 1, 3})).isEqualTo(greatest);
    SplittableRandom random = new SplittableRandom(1);
    int hits = 0;
    for (int n = 0; n < 20_000; n++) {
      hits += Arrays.equals(density.draw(random), new int[] {0, 1, 3}) ? 1 : 0;
    }
    // What is drawn anew may be the same again, so more often than the density says.
    assertThat(hits / 20_000.0).isBetween(greatest, 2 * greatest);
  }

  /** A third of the draws is even, the rest like the good ones. */
  @Test
  void theModelDrawsNetworksLikeTheGoodOnes() {
    FeasibleSpace space = space();
    SplittableRandom random = new SplittableRandom(2);
    DensityModel model = new DensityModel(space, 2, random);
    for (int n = 0; n < 100; n++) {
      int[] path = space.draw(random);
      model.tell(new Trial(path, 0), path[4]);
    }
    int like = 0;
    for (int n = 0; n < 200; n++) {
      int[] path = model.draw();
      assertThat(space.contains(path)).isTrue();
      like += path[4] == 3 ? 1 : 0;
    }
    assertThat(like).isGreaterThan(120);
  }
}
