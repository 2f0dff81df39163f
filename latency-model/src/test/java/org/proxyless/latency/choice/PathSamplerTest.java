package org.proxyless.latency.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Paths;
import org.proxyless.latency.SpaceLatency;

class PathSamplerTest {
  private static final double[][] MILLIS = {
    {0.31, 1.7, 2.9}, {0, 0.83, 2.21, 4.4}, {0.5, 0.5, 1.1}, {0, 3.3}
  };
  private final SpaceLatency space = new SpaceLatency(2.5, MILLIS);

  @ParameterizedTest
  @CsvSource({"0, 100", "0, 7.5", "0, 4.2", "6, 9", "12, 14", "7.5, 7.9"})
  void everyNetworkOfTheBandIsEquallyLikely(double low, double high) {
    Map<List<Integer>, Integer> drawn =
        Paths.all(MILLIS).stream()
            .filter(path -> space.latencyMillis(path) >= low && space.latencyMillis(path) <= high)
            .collect(Collectors.toMap(PathSamplerTest::list, path -> 0));
    assertThat(drawn).hasSizeGreaterThan(2);
    PathSampler sampler = PathSampler.within(space, low, high);
    Random random = new Random(42);
    for (int i = 0; i < 200 * drawn.size(); i++) {
      drawn.merge(list(sampler.draw(random)), 1, Integer::sum);
    }
    double[] expected = new double[drawn.size()];
    Arrays.fill(expected, 200);
    long[] counted = drawn.values().stream().mapToLong(Integer::longValue).toArray();
    assertThat(counted).hasSameSizeAs(expected);
    assertThat(new ChiSquareTest().chiSquareTest(expected, counted)).isGreaterThan(0.001);
  }

  @Property(tries = 300)
  void noDrawIsEverOutsideTheBand(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 1) double from,
      @ForAll @DoubleRange(min = 0, max = 1) double to) {
    Random random = new Random(seed);
    double[][] millis = new double[21][];
    Arrays.setAll(millis, edge -> random.doubles(7, edge % 3 - 1, 6).toArray());
    SpaceLatency large = new SpaceLatency(9, millis);
    double range = large.maxMillis() - large.minMillis();
    double high = large.minMillis() + range * Math.max(from, to);
    assertWithin(large, PathSampler.upTo(large, high), Double.NEGATIVE_INFINITY, high, random);
    double low = Math.max(large.minMillis(), high - 0.04 * range);
    assertWithin(large, PathSampler.within(large, low, high), low, high, random);
  }

  private static void assertWithin(
      SpaceLatency space, PathSampler sampler, double low, double high, Random random) {
    for (int i = 0; i < 20; i++) {
      assertThat(space.latencyMillis(sampler.draw(random))).isBetween(low, high);
    }
  }

  @Test
  void aTargetOfTheCheapestNetworkDrawsThat() {
    PathSampler sampler = PathSampler.upTo(space, space.minMillis());
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      assertThat(space.latencyMillis(sampler.draw(random))).isEqualTo(space.minMillis());
    }
  }

  @Test
  void theSameSeedDrawsTheSameNetworks() {
    PathSampler sampler = PathSampler.upTo(space, 7.5);
    assertThat(sampler.draw(new Random(5))).isEqualTo(sampler.draw(new Random(5)));
  }

  @Test
  void aTargetBelowTheCheapestIsRefusedWithTheRange() {
    for (double target : new double[] {3.3, -1, Double.NaN}) {
      assertThatThrownBy(() -> PathSampler.upTo(space, target))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("from 3.3100 to 14.2000 ms");
    }
  }

  @Test
  void aBandThatHoldsNoNetworkIsRefused() {
    assertThatThrownBy(() -> PathSampler.within(space, 15, 16))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> PathSampler.within(space, 8, 7))
        .isInstanceOf(InvalidInputException.class);
    PathSampler narrow = PathSampler.within(space, 3.32, 3.33);
    assertThatThrownBy(() -> narrow.draw(new Random(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("between 3.3200 and 3.3300");
  }

  private static List<Integer> list(int[] path) {
    return Arrays.stream(path).boxed().toList();
  }
}
