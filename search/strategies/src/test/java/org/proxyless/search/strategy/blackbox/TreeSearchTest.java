package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreeSearchTest {
  @Test
  void theChildWithTheGreatestBoundIsFollowed() {
    TreeNode node = new TreeNode();
    node.grow(new boolean[] {true, false, true});
    SplittableRandom random = new SplittableRandom(1);
    int[] first = {0};
    int[] last = {2};
    node.learn(first, 0.9);
    assertThat(node.best(random)).isEqualTo(2); // untried
    node.learn(last, 0.1);
    // 0.9 + √(2 ln 2) against 0.1 + √(2 ln 2)
    assertThat(node.best(random)).isZero();
    node.learn(first, 0.9);
    node.learn(first, 0.9);
    // 0.9 + √(2 ln 4 / 3) = 1.86 against 0.1 + √(2 ln 4) = 1.77
    assertThat(node.best(random)).isZero();
    node.learn(first, 0.9);
    // 0.9 + √(2 ln 5 / 4) = 1.80 against 0.1 + √(2 ln 5) = 1.89
    assertThat(node.best(random)).isEqualTo(2);
    node.close(last, 1);
    assertThat(node.best(random)).isZero();
    node.close(first, 1);
    assertThat(node.isClosed()).isTrue();
  }

  @Test
  void itAsksForEveryNetworkInTheEnd() {
    FeasibleSpace space = ToySpace.within(8);
    int all = space.pool(1000, new SplittableRandom(0)).size();
    TreeSearch search = new TreeSearch(space, new SplittableRandom(4));
    Set<List<Integer>> asked = new HashSet<>();
    for (int n = 0; n < 2 * all; n++) {
      int[] path = search.ask();
      asked.add(Arrays.stream(path).boxed().toList());
      search.tell(path, ToySpace.score(path));
    }
    assertThat(asked).hasSize(all);
  }

  @Test
  void ofAWideTreeTheGoodBranchesAreTriedMost() {
    FeasibleSpace space = ToySpace.within(13);
    TreeSearch search = new TreeSearch(space, new SplittableRandom(5));
    int good = 0;
    for (int n = 0; n < 40; n++) {
      int[] path = search.ask();
      good += path[0] == 2 ? 1 : 0;
      search.tell(path, path[0] == 2 ? 1 : 0);
    }
    assertThat(good).isGreaterThan(20);
  }
}
