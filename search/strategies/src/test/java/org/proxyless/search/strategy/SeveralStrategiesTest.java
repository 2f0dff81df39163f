package org.proxyless.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.gradient.GradientStrategy;

class SeveralStrategiesTest {
  private static final int[] SIZES = {3, 3, 3};
  private static final SpaceLatency LATENCY =
      new SpaceLatency(0.7, new double[][] {{1, 2, 4}, {0.5, 3, 0}, {2, 1, 1.5}});
  private static final List<Double> BOUNDS = List.of(3.0, 4.5, 7.0);
  private static final FakeEvaluator EVALUATOR = new FakeEvaluator(SIZES, path -> 0.5);

  private final List<Strategy> each = strategies();
  private final SeveralStrategies several = new SeveralStrategies(each, BOUNDS);

  private static List<Strategy> strategies() {
    return BOUNDS.stream()
        .map(
            bound ->
                (Strategy)
                    new GradientStrategy(
                        SIZES,
                        LATENCY,
                        new TargetProjection(LATENCY, bound),
                        true,
                        0.05,
                        new SplittableRandom(1)))
        .toList();
  }

  @Test
  void eachProposesWithinItsOwnLatency() {
    List<int[]> proposals = several.propose(9);
    assertThat(proposals).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(LATENCY.latencyMillis(proposals.get(i))).isLessThanOrEqualTo(BOUNDS.get(i));
    }
    assertThat(several.propose(3.5)).allMatch(path -> LATENCY.latencyMillis(path) <= 3.5);
  }

  @Test
  void eachNamesFinalistsWithinItsOwnLatency() {
    SplittableRandom random = new SplittableRandom(1);
    List<int[]> own = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      double bound = BOUNDS.get(i);
      List<int[]> finalists = each.get(i).finalists(bound, 4, random);
      assertThat(finalists).allMatch(path -> LATENCY.latencyMillis(path) <= bound);
      own.addAll(finalists);
    }
    assertThat(several.finalists(9, 4, new SplittableRandom(1)))
        .hasSizeGreaterThan(3)
        .usingRecursiveComparison()
        .isEqualTo(own);
  }

  @Test
  void anArchitectureStepIsOneOfEach() {
    for (int step = 0; step < 5; step++) {
      several.architectureStep(EVALUATOR, FakeEvaluator.BATCH);
    }
    List<Strategy> alone = strategies();
    for (int i = 0; i < 3; i++) {
      for (int step = 0; step < 5; step++) {
        alone.get(i).architectureStep(EVALUATOR, FakeEvaluator.BATCH);
      }
      assertThat(each.get(i).probabilities()).isDeepEqualTo(alone.get(i).probabilities());
      assertThat(LATENCY.expectedMillis(each.get(i).probabilities()))
          .isLessThanOrEqualTo(BOUNDS.get(i) + 1e-9);
    }
    assertThat(several.learns()).isTrue();
  }

  @Test
  void theProbabilitiesAreTheMean() {
    double[][] mean = several.probabilities();
    double sum = 0;
    for (Strategy strategy : each) {
      sum += strategy.probabilities()[1][2];
    }
    assertThat(mean[1][2]).isCloseTo(sum / 3, within(1e-12));
  }

  @Test
  void theyTakeTurnsAndGoOnWithTheSameTurnAfterARestart() {
    several.samplePath();
    several.architectureStep(EVALUATOR, FakeEvaluator.BATCH);
    List<Strategy> others = strategies();
    SeveralStrategies restored = new SeveralStrategies(others, BOUNDS);
    restored.restore(several.state());
    assertThat(restored.state().keySet()).isEqualTo(several.state().keySet());
    several
        .state()
        .forEach((name, values) -> assertThat(restored.state().get(name)).isEqualTo(values));
    assertThat(restored.probabilities()).isDeepEqualTo(several.probabilities());
  }

  @Test
  void eachNeedsALatency() {
    assertThatThrownBy(() -> new SeveralStrategies(each, List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
