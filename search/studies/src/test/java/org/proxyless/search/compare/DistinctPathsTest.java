package org.proxyless.search.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.PathSampler;

class DistinctPathsTest {
  private static final int PAIRS = 200;

  /** Of its 18 networks seven take from 3 to 4 ms. */
  private final SpaceLatency space =
      new SpaceLatency(1, new double[][] {{0, 1, 2}, {0, 0.5, 1.25}, {0.5, 1}});

  private final PathSampler band = PathSampler.within(space, 3, 4);

  @Test
  void everyPairOfOtherNetworksOfTheBandIsEquallyLikely() {
    SplittableRandom random = new SplittableRandom(11);
    int[] excluded = band.draw(random);
    int others = (int) (networksOfTheBand() - 1);
    int pairs = others * (others - 1) / 2;
    Map<String, Integer> drawn = new HashMap<>();
    for (int i = 0; i < PAIRS * pairs; i++) {
      List<int[]> two =
          new DistinctPaths()
              .draw(2, () -> band.draw(random), path -> !Arrays.equals(path, excluded), "no more");
      String pair = two.stream().map(Arrays::toString).sorted().collect(Collectors.joining());
      drawn.merge(pair, 1, Integer::sum);
    }
    assertThat(drawn).hasSize(pairs);
    double[] expected = new double[pairs];
    Arrays.fill(expected, PAIRS);
    long[] counted = drawn.values().stream().mapToLong(Integer::longValue).toArray();
    assertThat(new ChiSquareTest().chiSquareTest(expected, counted)).isGreaterThan(0.001);
  }

  @Test
  void whatIsNotThereIsNotDrawnForever() {
    SplittableRandom random = new SplittableRandom(1);
    int all = (int) networksOfTheBand();
    assertThat(new DistinctPaths().draw(all, () -> band.draw(random), path -> true, "no more"))
        .hasSize(all);
    assertThatThrownBy(
            () ->
                new DistinctPaths()
                    .draw(all + 1, () -> band.draw(random), path -> true, "Widen --band."))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "there are only " + all + " such networks, not " + (all + 1) + ": Widen --band.");
  }

  private long networksOfTheBand() {
    long within = 0;
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        for (int c = 0; c < 2; c++) {
          double millis = space.latencyMillis(new int[] {a, b, c});
          within += millis >= 3 && millis <= 4 ? 1 : 0;
        }
      }
    }
    assertThat(within).isGreaterThan(3);
    return within;
  }
}
