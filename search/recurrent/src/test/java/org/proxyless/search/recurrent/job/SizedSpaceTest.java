package org.proxyless.search.recurrent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.cell.RecurrentSpace.Sharing;
import org.proxyless.search.recurrent.latency.Part;
import org.proxyless.search.recurrent.latency.PartTable;

/** What fits, against all models of a small space. */
class SizedSpaceTest {
  private static final RecurrentSpace SPACE =
      new RecurrentSpace(Sharing.BY_NODE, List.of(4, 8), List.of(1, 2), List.of(2, 3));
  private static final double MOST = 40;

  private final SizedSpace within = new SizedSpace(SPACE, table(), MOST);

  private static PartTable table() {
    Map<String, Double> millis = new HashMap<>();
    for (Part part : Part.of(SPACE)) {
      millis.put(part.key(), part.width() * (1.0 + part.kind().ordinal() % 5) + part.rank());
    }
    return new PartTable("here", 1, 50, 1, millis);
  }

  private static List<int[]> all(int[] path, int decision) {
    if (decision == path.length) {
      return List.of(path.clone());
    }
    List<int[]> all = new ArrayList<>();
    for (int option = 0; option < SPACE.sizes()[decision]; option++) {
      path[decision] = option;
      all.addAll(all(path, decision + 1));
    }
    return all;
  }

  @Test
  void theCheapestModelIsTheCheapestOfAll() {
    double least =
        all(new int[SPACE.sizes().length], 0).stream()
            .mapToDouble(within::latencyMillis)
            .min()
            .orElseThrow();

    assertThat(within.latencyMillis(within.cheapest())).isEqualTo(least);
  }

  @Test
  void aBeginningIsPossibleIfSomeFeasibleModelBeginsLikeThat() {
    List<int[]> paths = all(new int[SPACE.sizes().length], 0);
    for (int[] path : paths) {
      for (int decided = 0; decided <= path.length; decided++) {
        int[] begun = Arrays.copyOf(path, decided);
        boolean some =
            paths.stream()
                .filter(other -> Arrays.equals(Arrays.copyOf(other, begun.length), begun))
                .anyMatch(within::contains);
        assertThat(within.mayBegin(path, decided)).isEqualTo(some);
      }
    }
  }
}
