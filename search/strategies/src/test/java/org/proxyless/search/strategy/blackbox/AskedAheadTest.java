package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.search.strategy.StrategyFactories;
import org.proxyless.search.strategy.model.BayesSearch;

class AskedAheadTest {
  private static final int QUESTIONS = 60;

  @ParameterizedTest
  @ValueSource(
      strings = {"reinforce", "random", "asng", "enas", "nasnet-ppo", "evolution", "bayes"})
  void oneAtATimeIsTheStrategyAsItWas(String kind) {
    assertThat(questions(new AskedAhead(strategy(kind), 1))).isEqualTo(questions(strategy(kind)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"reinforce", "random", "asng", "enas", "nasnet-ppo", "evolution", "bayes"})
  void whatIsAskedAheadIsWhatIsThenAskedFor(String kind) {
    AskedAhead ahead = new AskedAhead(strategy(kind), 4);
    List<List<Integer>> announced = new ArrayList<>();
    for (int n = 0; n < QUESTIONS; n++) {
      List<Integer> path = list(ahead.ask());
      if (n > 0) {
        assertThat(path).isEqualTo(announced.get(0));
      }
      announced = ahead.ahead().stream().map(AskedAheadTest::list).toList();
      assertThat(announced).hasSize(3);
      ahead.tell(array(path), ToySpace.score(array(path)));
    }
  }

  @Test
  void evolutionStillFindsTheBestNetwork() {
    AskedAhead ahead = new AskedAhead(strategy("evolution"), 8);
    double best = 0;
    for (int n = 0; n < 300; n++) {
      int[] path = ahead.ask();
      best = Math.max(best, ToySpace.score(path));
      ahead.tell(path, ToySpace.score(path));
    }
    assertThat(best).isEqualTo(bestWithin());
  }

  private static double bestWithin() {
    RandomGenerator random = new SplittableRandom(1);
    return ToySpace.within(9).pool(1000, random).stream()
        .mapToDouble(ToySpace::score)
        .max()
        .orElseThrow();
  }

  @Test
  void bayesAsksForNothingTwiceThoughItKnowsNoAnswers() {
    AskedAhead ahead = new AskedAhead(strategy("bayes"), 5);
    Set<List<Integer>> asked = new HashSet<>();
    for (int n = 0; n < 40; n++) {
      int[] path = ahead.ask();
      assertThat(asked.add(list(path)) || n < 15).isTrue(); // even draws come first
      ahead.tell(path, ToySpace.score(path));
    }
  }

  @Test
  void aLieIsGoneOnceTheTruthIsKnown() {
    BayesSearch lied = new BayesSearch(ToySpace.within(9), new SplittableRandom(3));
    BayesSearch told = new BayesSearch(ToySpace.within(9), new SplittableRandom(3));
    for (int n = 0; n < 10; n++) {
      int[] path = lied.ask();
      told.ask();
      lied.tell(path, -1);
      lied.tell(path, ToySpace.score(path));
      told.tell(path, ToySpace.score(path));
    }
    assertThat(lied.ask()).isEqualTo(told.ask());
  }

  private static List<List<Integer>> questions(EvaluationStrategy strategy) {
    List<List<Integer>> questions = new ArrayList<>();
    for (int n = 0; n < QUESTIONS; n++) {
      int[] path = strategy.ask();
      questions.add(list(path));
      strategy.tell(path, ToySpace.score(path));
    }
    return questions;
  }

  private static EvaluationStrategy strategy(String kind) {
    return ((EvaluationStrategyFactory) StrategyFactories.named(kind).orElseThrow())
        .create(ToySpace.within(9), new SplittableRandom(7));
  }

  private static List<Integer> list(int[] path) {
    return Arrays.stream(path).boxed().toList();
  }

  private static int[] array(List<Integer> path) {
    return path.stream().mapToInt(Integer::intValue).toArray();
  }
}
