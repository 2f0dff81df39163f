package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

class SpaceLatencyTest {
  private final SpaceLatency space =
      SpaceLatency.of(
          Samples.table().build(),
          List.of(
              List.of(Samples.STEM),
              List.of(Samples.SMALL, Samples.LARGE),
              List.of(Samples.SKIP, Samples.SMALL, Samples.LARGE),
              List.of(Samples.HEAD)));

  @Test
  void theCallAndTheBlocksWithoutAChoiceAreFixed() {
    assertThat(space.fixedMillis()).isEqualTo(1.625);
    assertThat(space.operatorMillis()).isDeepEqualTo(new double[][] {{2, 4}, {0, 2, 4}});
  }

  @Test
  void aChoiceIsPricedLikeItsNetwork() {
    Network network = Samples.network(Samples.LARGE, Samples.SKIP);
    assertThat(space.latencyMillis(new int[] {1, 0}))
        .isEqualTo(NetworkLatency.of(network, Samples.table().build()).latencyMillis());
  }

  @Test
  void theCheapestAndTheDearestBoundTheSpace() {
    assertThat(space.minMillis()).isEqualTo(3.625);
    assertThat(space.maxMillis()).isEqualTo(9.625);
  }

  @Test
  void aCertainChoiceIsExpectedToCostWhatItCosts() {
    assertThat(space.expectedMillis(new double[][] {{0, 1}, {0, 1, 0}}))
        .isEqualTo(space.latencyMillis(new int[] {1, 1}));
  }

  @Test
  void aChoiceOfAnotherSpaceIsRefused() {
    assertThatThrownBy(() -> space.latencyMillis(new int[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> space.expectedMillis(new double[1][2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMissingCandidateIsAnError() {
    LatencyTable empty = LatencyTable.builder("d", "s").build();
    List<List<Operator>> blocks = List.of(List.of(Samples.SMALL, Samples.LARGE));
    assertThatThrownBy(() -> SpaceLatency.of(empty, blocks))
        .isInstanceOf(InvalidInputException.class);
  }

  @Property(tries = 100)
  void theGradientIsThatOfTheExpectationThroughTheSoftmax(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] alphas = random(random, -2, 2);
    SpaceLatency costs = new SpaceLatency(3, random(random, 0.1, 9));
    double[][] gradient = costs.gradientMillis(softmax(alphas));
    double step = 1e-4;
    for (int edge = 0; edge < alphas.length; edge++) {
      double largest = Arrays.stream(gradient[edge]).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < alphas[edge].length; i++) {
        double numeric = 0;
        // Five-point stencil: its error is far below the bound that is tested.
        double[] weights = {1, -8, 8, -1};
        int[] steps = {-2, -1, 1, 2};
        for (int s = 0; s < 4; s++) {
          double[][] moved = Arrays.stream(alphas).map(double[]::clone).toArray(double[][]::new);
          moved[edge][i] += steps[s] * step;
          numeric += weights[s] * costs.expectedMillis(softmax(moved)) / (12 * step);
        }
        assertThat(gradient[edge][i]).isCloseTo(numeric, within(1e-6 * largest));
      }
    }
  }

  @Property(tries = 100)
  void theGradientOfAPairIsThatOfTheExpectationOverThePair(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] millis = random(random, 0.1, 9);
    int[] pair = {random.nextInt(3), 3 + random.nextInt(3)};
    SpaceLatency alone =
        new SpaceLatency(0, new double[][] {{millis[1][pair[0]], millis[1][pair[1]]}});
    double q = random.nextDouble();
    double[][] probabilities = {{q, 1 - q}};
    assertThat(new SpaceLatency(1, millis).gradientMillis(1, pair, probabilities[0]))
        .containsExactly(alone.gradientMillis(probabilities)[0], within(1e-12));
  }

  @Test
  void allCandidatesTogetherGiveTheWholeGradient() {
    double[][] p = {{0.25, 0.75}, {0.5, 0.25, 0.25}};
    assertThat(space.gradientMillis(1, new int[] {0, 1, 2}, p[1]))
        .containsExactly(space.gradientMillis(p)[1]);
  }

  private static double[][] random(Random random, double low, double high) {
    double[][] values = new double[3][6];
    for (double[] edge : values) {
      Arrays.setAll(edge, i -> low + (high - low) * random.nextDouble());
    }
    return values;
  }

  private static double[][] softmax(double[][] alphas) {
    return Arrays.stream(alphas)
        .map(
            edge -> {
              double sum = Arrays.stream(edge).map(Math::exp).sum();
              return Arrays.stream(edge).map(a -> Math.exp(a) / sum).toArray();
            })
        .toArray(double[][]::new);
  }
}
