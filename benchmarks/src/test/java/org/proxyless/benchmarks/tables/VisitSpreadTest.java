package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.sites.Visit;

class VisitSpreadTest {
  private static List<Double> visits(Random random, int count, double spread) {
    return IntStream.range(0, count)
        .mapToObj(i -> 5 * Math.exp(spread * random.nextGaussian()))
        .toList();
  }

  @Test
  void whatVisitsHaveInCommonIsFoundThoughSomeWereDisturbed() {
    Random random = new Random(1);
    List<List<Double>> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(visits(random, 2, i % 15 == 0 ? 0.4 : 0.02));
    }
    assertThat(new VisitSpread(all).common()).isCloseTo(0.02, within(0.006));
  }

  /** The errors of many medians are as large as is said of them. */
  @Test
  void theStandardErrorIsThatOfTheMedian() {
    Random random = new Random(2);
    for (int count : new int[] {1, 2, 4, 9}) {
      double squares = 0;
      double stated = 0;
      List<List<Double>> all = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        all.add(visits(random, Math.max(2, count), 0.03));
      }
      VisitSpread spread = new VisitSpread(all);
      for (int i = 0; i < 400; i++) {
        List<Double> ofOne = visits(random, count, 0.03);
        double median = Visit.median(ofOne.stream().mapToDouble(v -> v).toArray());
        squares += Math.pow(Math.log(median / 5), 2) / 400;
        stated += Math.pow(spread.relativeStandardError(ofOne), 2) / 400;
      }
      assertThat(Math.sqrt(stated) / Math.sqrt(squares)).as(count + " visits").isBetween(0.8, 1.3);
    }
  }

  @Test
  void onesThatContradictEachOtherAreUncertain() {
    VisitSpread spread =
        new VisitSpread(List.of(List.of(5.0, 5.05), List.of(3.0, 2.98), List.of(1.0, 1.01)));
    assertThat(spread.relativeStandardError(List.of(5.0, 9.0)))
        .isGreaterThan(10 * spread.relativeStandardError(List.of(5.0, 5.05)));
  }

  @Test
  void whereNothingWasVisitedTwiceAUsualSpreadIsTaken() {
    assertThat(new VisitSpread(List.of(List.of(1.0), List.of(2.0))).common()).isEqualTo(0.03);
  }
}
