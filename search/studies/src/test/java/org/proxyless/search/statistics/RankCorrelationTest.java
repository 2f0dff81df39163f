package org.proxyless.search.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tau against SciPy 1.17.1. */
class RankCorrelationTest {
  private static RankCorrelation of(double[] x, double[] y) {
    return RankCorrelation.of(x, y, new SplittableRandom(1)).orElseThrow();
  }

  @Test
  void tauIsKendalls() {
    double[] order = {1, 2, 3, 4, 5, 6, 7, 8};
    double[] swapped = {2, 1, 4, 3, 6, 5, 8, 7};
    assertThat(of(order, swapped).tau()).isCloseTo(0.7142857142857142, within(1e-12));
    double[] tied = {12, 2, 1, 12, 2};
    assertThat(of(tied, new double[] {1, 4, 7, 1, 0}).tau())
        .isCloseTo(-0.4714045207910316, within(1e-12));
  }

  @Test
  void theSameOrderIsCertain() {
    double[] order = {1, 2, 3, 4, 5, 6, 7, 8};
    RankCorrelation same = of(order, order);
    assertThat(same.tau()).isEqualTo(1);
    assertThat(same.interval95()).isEqualTo(new Interval(1, 1));
    assertThat(same.pairs()).isEqualTo(8);
  }

  /** Of 200 samples of 20 pairs with tau 1/3: ρ = sin(π/2 · 1/3) = 1/2 for normal pairs. */
  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(5);
    int held = 0;
    for (int sample = 0; sample < 200; sample++) {
      double[] x = new double[20];
      double[] y = new double[20];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextGaussian();
        y[i] = 0.5 * x[i] + Math.sqrt(0.75) * random.nextGaussian();
      }
      Interval interval = RankCorrelation.of(x, y, random).orElseThrow().interval95();
      held += interval.low() <= 1.0 / 3 && 1.0 / 3 <= interval.high() ? 1 : 0;
    }
    assertThat(held).isBetween(178, 198);
  }

  @Test
  void aFigureThatNeverVariesHasNoOrder() {
    double[] order = {1, 2, 3};
    SplittableRandom random = new SplittableRandom(1);
    assertThat(RankCorrelation.of(order, new double[] {4, 4, 4}, random)).isEmpty();
    assertThat(RankCorrelation.of(new double[2], new double[2], random)).isEmpty();
  }
}
