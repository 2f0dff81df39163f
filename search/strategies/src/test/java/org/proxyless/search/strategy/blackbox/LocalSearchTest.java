package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalSearchTest {
  private static final int STARTS = 10;

  @Test
  void itClimbsFromTheBestOfItsDrawsByNeighbours() {
    FeasibleSpace space = ToySpace.within(9);
    LocalSearch search = new LocalSearch(space, new SplittableRandom(1));
    int[] here = null;
    List<int[]> tried = new ArrayList<>();
    for (int started = 0; started < STARTS; ) {
      int[] path = search.ask();
      started += tried.stream().anyMatch(known -> Arrays.equals(known, path)) ? 0 : 1;
      tried.add(path);
      search.tell(path, ToySpace.score(path));
      here = here == null || ToySpace.score(path) > ToySpace.score(here) ? path : here;
    }
    while (!isSummit(here, tried, space)) {
      int[] path = search.ask();
      assertThat(Neighbourhood.of(here, space)).anyMatch(other -> Arrays.equals(other, path));
      assertThat(tried).noneMatch(other -> Arrays.equals(other, path));
      tried.add(path);
      search.tell(path, ToySpace.score(path));
      here = ToySpace.score(path) > ToySpace.score(here) ? path : here;
    }
    assertThat(search.preferred(path -> true, 1).get(0)).containsExactly(here);
  }

  /** Known neighbours are passed over. */
  private static boolean isSummit(int[] here, List<int[]> tried, FeasibleSpace space) {
    return Neighbourhood.of(here, space).stream()
        .allMatch(
            path ->
                tried.stream().anyMatch(known -> Arrays.equals(known, path))
                    && ToySpace.score(path) <= ToySpace.score(here));
  }

  @Test
  void fromASummitItBeginsAnewAndInTheEndKnowsTheBest() {
    FeasibleSpace space = ToySpace.within(9);
    List<int[]> all = space.pool(1000, new SplittableRandom(0));
    double best = all.stream().mapToDouble(LocalSearchTest::rugged).max().orElseThrow();
    LocalSearch search = new LocalSearch(space, new SplittableRandom(2));
    for (int n = 0; n < 500; n++) {
      int[] path = search.ask();
      search.tell(path, rugged(path));
    }
    assertThat(rugged(search.preferred(path -> true, 1).get(0))).isEqualTo(best);
  }

  /** With several summits. */
  private static double rugged(int[] path) {
    return ((path[0] * 7 + path[1] * 5 + path[2] * 11 + path[3] * 13) % 17) / 17.0;
  }
}
