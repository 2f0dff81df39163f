package org.proxyless.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;

class RandomStrategyTest {
  private static final SpaceLatency LATENCY =
      new SpaceLatency(0.7, new double[][] {{1, 2, 4}, {0.5, 3, 0}});

  private static RandomStrategy strategy(long seed) {
    return new RandomStrategy(new int[] {3, 3}, LATENCY, 3, new SplittableRandom(seed));
  }

  @Test
  void everyPathItTrainsOrProposesIsWithinTheTarget() {
    RandomStrategy strategy = strategy(1);
    for (int i = 0; i < 200; i++) {
      assertThat(LATENCY.latencyMillis(strategy.samplePath())).isLessThanOrEqualTo(3);
      for (int[] path : strategy.propose(3)) {
        assertThat(LATENCY.latencyMillis(path)).isLessThanOrEqualTo(3);
      }
    }
    assertThat(strategy.finalists(3, 20, new SplittableRandom(1)))
        .hasSize(20)
        .allMatch(path -> LATENCY.latencyMillis(path) <= 3);
  }

  @Test
  void equalSeedsDrawEqualPaths() {
    RandomStrategy first = strategy(2);
    RandomStrategy second = strategy(2);
    for (int i = 0; i < 50; i++) {
      assertThat(first.samplePath()).containsExactly(second.samplePath());
    }
  }

  @Test
  void itHasNothingToLearn() {
    RandomStrategy strategy = strategy(1);
    assertThat(strategy.learns()).isFalse();
    FakeEvaluator evaluator = new FakeEvaluator(new int[] {3, 3}, path -> 1);
    assertThatThrownBy(() -> strategy.architectureStep(evaluator, FakeEvaluator.BATCH))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void otherLimitsAreKeptToo() {
    Limit size = new Limit("size", 3, 0, new double[][] {{3, 2, 1}, {1, 1, 1}});
    RandomStrategy strategy =
        new RandomStrategy(new int[] {3, 3}, LATENCY, 9, List.of(size), new SplittableRandom(1));
    for (int i = 0; i < 200; i++) {
      assertThat(size.isKeptBy(strategy.samplePath())).isTrue();
    }
    Limit none = new Limit("size", 1, 0, size.costs());
    RandomStrategy stuck =
        new RandomStrategy(new int[] {3, 3}, LATENCY, 9, List.of(none), new SplittableRandom(1));
    assertThatThrownBy(stuck::samplePath)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none keeps size 1.0");
  }
}
