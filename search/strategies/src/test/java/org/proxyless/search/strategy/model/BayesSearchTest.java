package org.proxyless.search.strategy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.LimitedSpace;
import org.proxyless.search.strategy.blackbox.ToySpace;

class BayesSearchTest {
  @Test
  void afterItsFirstDrawsItAsksForNothingTwice() {
    BayesSearch search = new BayesSearch(ToySpace.within(9), new SplittableRandom(1));
    Set<List<Integer>> asked = new HashSet<>();
    for (int n = 0; n < 40; n++) {
      int[] path = search.ask();
      boolean isNew = asked.add(Arrays.stream(path).boxed().toList());
      assertThat(isNew || n < 10).isTrue();
      search.tell(path, ToySpace.score(path));
    }
  }

  @Test
  void aSpaceTooLargeToLookAtWholeIsSearchedThroughAPool() {
    double[][] millis = new double[14][5];
    for (double[] edge : millis) {
      Arrays.setAll(edge, c -> 1 + c);
    }
    FeasibleSpace space = new LimitedSpace(new SpaceLatency(0, millis), 40, List.of());
    BayesSearch search = new BayesSearch(space, new SplittableRandom(2));
    double best = 0;
    double bestOfFirst = 0;
    for (int n = 0; n < 60; n++) {
      int[] path = search.ask();
      assertThat(space.contains(path)).isTrue();
      double score = 0;
      for (int e = 0; e < path.length; e++) {
        score += e < 7 ? path[e] : -path[e];
      }
      search.tell(path, score);
      best = Math.max(best, score);
      bestOfFirst = n < 10 ? best : bestOfFirst;
    }
    assertThat(best).isGreaterThan(bestOfFirst + 5);
  }
}
