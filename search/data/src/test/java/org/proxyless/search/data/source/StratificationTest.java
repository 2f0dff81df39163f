package org.proxyless.search.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StratificationTest {
  @Property(tries = 200)
  void everyPrefixHasEachClassInItsShareWithinOneImage(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 0, max = 4) Integer> list,
      @ForAll long seed) {
    int[] labels = list.stream().mapToInt(Integer::intValue).toArray();
    int[] order = Stratification.order(labels, 5, seed);
    int[] total = counts(labels, order, order.length);
    for (int length = 0; length <= order.length; length++) {
      int[] counts = counts(labels, order, length);
      for (int a = 0; a < 5; a++) {
        for (int b = 0; b < 5; b++) {
          if (total[a] > 0 && total[b] > 0) {
            double gap = Math.abs((double) counts[a] / total[a] - (double) counts[b] / total[b]);
            assertThat(gap).isLessThanOrEqualTo(0.5 / total[a] + 0.5 / total[b] + 1e-9);
          }
        }
      }
    }
  }

  @Property(tries = 50)
  void theOrderHasEveryImageOnce(
      @ForAll @Size(max = 100) List<@IntRange(min = 0, max = 4) Integer> list, @ForAll long seed) {
    int[] labels = list.stream().mapToInt(Integer::intValue).toArray();
    assertThat(Arrays.stream(Stratification.order(labels, 5, seed)).sorted())
        .containsExactlyElementsOf(IntStream.range(0, labels.length).boxed().toList());
  }

  @Test
  void equalSeedsGiveEqualOrdersAndOthersDiffer() {
    int[] labels = IntStream.range(0, 100).map(i -> i % 10).toArray();
    int[] order = Stratification.order(labels, 10, 1);
    assertThat(Stratification.order(labels, 10, 1)).isEqualTo(order);
    assertThat(Stratification.order(labels, 10, 2)).isNotEqualTo(order);
  }

  private static int[] counts(int[] labels, int[] order, int length) {
    int[] counts = new int[5];
    for (int i = 0; i < length; i++) {
      counts[labels[order[i]]]++;
    }
    return counts;
  }
}
