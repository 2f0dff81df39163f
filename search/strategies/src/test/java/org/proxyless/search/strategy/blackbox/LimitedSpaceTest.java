package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.Coupling;

class LimitedSpaceTest {
  private static final double[][] MILLIS = {{1, 2.5}, {0, 3, 1}, {0, 2, 4}, {0.5, 2}};

  @ParameterizedTest
  @ValueSource(doubles = {3.5, 4, 5, 6.5, 12})
  void whatMayBeginANetworkIsWhatOneBeginsWith(double mostMillis) {
    FeasibleSpace space = coupled(mostMillis);
    List<int[]> all = all(space);
    for (int decided = 0; decided <= MILLIS.length; decided++) {
      for (int[] path : everything()) {
        int first = decided;
        boolean begins = all.stream().anyMatch(p -> Arrays.equals(p, 0, first, path, 0, first));
        assertThat(space.mayBegin(path, decided)).as("%s", Arrays.toString(path)).isEqualTo(begins);
      }
    }
    assertThat(space.cheapest())
        .isEqualTo(
            all.stream().min(Comparator.comparingDouble(space::latencyMillis)).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(doubles = {4, 6, 12})
  void neighboursAreWhatMutationsCanMake(double mostMillis) {
    FeasibleSpace space = coupled(mostMillis);
    SplittableRandom random = new SplittableRandom(3);
    for (int[] path : all(space)) {
      ToldNetworks mutations = new ToldNetworks();
      for (int n = 0; n < 400; n++) {
        int[] child = Mutation.of(path, space, random);
        if (space.contains(child)) {
          mutations.put(child, 0);
        }
      }
      assertThat(Neighbourhood.of(path, space))
          .doesNotHaveDuplicates()
          .usingElementComparator(Arrays::compare)
          .containsExactlyInAnyOrderElementsOf(mutations.paths());
    }
  }

  /** Of the middle two decisions one takes its first option. */
  private static FeasibleSpace coupled(double mostMillis) {
    return new LimitedSpace(
        new SpaceLatency(1, MILLIS, List.of(Coupling.keeping(1, new int[] {3, 3}, 1))),
        mostMillis,
        List.of());
  }

  private static List<int[]> everything() {
    List<int[]> all = new ArrayList<>();
    for (int n = 0; n < 36; n++) {
      all.add(new int[] {n % 2, n / 2 % 3, n / 6 % 3, n / 18});
    }
    return all;
  }

  private static List<int[]> all(FeasibleSpace space) {
    return everything().stream().filter(space::contains).toList();
  }
}
