package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgingEvolutionTest {
  @Test
  void thePopulationIsFirstInFirstOut() {
    AgingEvolution evolution =
        new AgingEvolution(ToySpace.within(9), 6, 3, new SplittableRandom(1));
    List<int[]> told = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      int[] path = evolution.ask();
      evolution.tell(path, ToySpace.score(path));
      told.add(path);
      assertThat(evolution.population())
          .usingRecursiveComparison()
          .isEqualTo(told.subList(Math.max(0, told.size() - 6), told.size()));
    }
  }

  @Test
  void aChildDiffersFromALivingNetworkInOneChoice() {
    AgingEvolution evolution =
        new AgingEvolution(ToySpace.within(9), 5, 2, new SplittableRandom(2));
    for (int n = 0; n < 60; n++) {
      List<int[]> living = evolution.population();
      int[] path = evolution.ask();
      if (n >= 5) {
        assertThat(living).anyMatch(parent -> differences(parent, path) == 1);
      }
      evolution.tell(path, ToySpace.score(path));
    }
  }

  @Test
  void itReturnsTheBestEverToldEvenWhenItDied() {
    AgingEvolution evolution =
        new AgingEvolution(ToySpace.within(9), 3, 2, new SplittableRandom(3));
    int[] first = evolution.ask();
    evolution.tell(first, 5);
    for (int n = 0; n < 10; n++) {
      evolution.tell(evolution.ask(), n / 10.0);
    }
    assertThat(evolution.preferred(path -> true, 1).get(0)).containsExactly(first);
    assertThat(evolution.population()).noneMatch(path -> path == first);
  }

  private static int differences(int[] a, int[] b) {
    int differences = 0;
    for (int e = 0; e < a.length; e++) {
      differences += a[e] == b[e] ? 0 : 1;
    }
    return differences;
  }
}
