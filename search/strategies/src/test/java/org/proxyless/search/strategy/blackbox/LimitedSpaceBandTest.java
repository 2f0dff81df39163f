package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;

class LimitedSpaceBandTest {
  private static final double[][] MILLIS = {{1, 2, 4}, {1, 3}, {2, 5, 6}};
  private static final SpaceLatency LATENCY = new SpaceLatency(0, MILLIS);
  private static final Limit OTHER =
      new Limit("parameters", 5, 0, new double[][] {{1, 2, 3}, {1, 2}, {1, 2, 3}});

  @Test
  void aBandHoldsTheNetworksBetweenItsEndsThatKeepTheOtherLimits() {
    LimitedSpace space = LimitedSpace.within(LATENCY, 6, 9, List.of(OTHER));
    Set<List<Integer>> expected = new HashSet<>();
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 2; b++) {
        for (int c = 0; c < 3; c++) {
          double millis = MILLIS[0][a] + MILLIS[1][b] + MILLIS[2][c];
          if (millis >= 6 && millis <= 9 && a + b + c + 3 <= 5) {
            expected.add(List.of(a, b, c));
          }
        }
      }
    }
    SplittableRandom random = new SplittableRandom(1);
    Set<List<Integer>> drawn = new HashSet<>();
    for (int draw = 0; draw < 300; draw++) {
      drawn.add(list(space.draw(random)));
    }
    assertThat(drawn).isEqualTo(expected);
    assertThat(space.pool(100, random)).map(LimitedSpaceBandTest::list).hasSameElementsAs(expected);
    assertThat(expected).hasSizeGreaterThan(3).contains(list(space.cheapest()));
  }

  private static List<Integer> list(int[] path) {
    return Arrays.stream(path).boxed().toList();
  }
}
