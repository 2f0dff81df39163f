package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluationTest {
  /**
   * 90 images of a class, 10 of another, none of a third, which was told twice, nor of a fourth.
   */
  private static final Evaluation UNEVEN =
      new Evaluation(new int[][] {{88, 1, 1, 0}, {6, 3, 1, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}});

  @Test
  void precisionIsOfWhatWasToldAndRecallOfWhatThereIs() {
    assertThat(UNEVEN.precision(0)).isEqualTo(88.0 / 94);
    assertThat(UNEVEN.precision(1)).isEqualTo(3.0 / 4);
    assertThat(UNEVEN.precision(2)).isZero();
    assertThat(UNEVEN.precision(3)).isNaN();
    assertThat(UNEVEN.recall(0)).isEqualTo(88.0 / 90);
    assertThat(UNEVEN.recall(1)).isEqualTo(0.3);
    assertThat(UNEVEN.recall(2)).isNaN();
    assertThat(UNEVEN.images(1)).isEqualTo(10);
  }

  @Test
  void f1IsTheHarmonicMeanOfTheTwo() {
    for (int label = 0; label < 2; label++) {
      double precision = UNEVEN.precision(label);
      double recall = UNEVEN.recall(label);
      assertThat(UNEVEN.f1(label))
          .isCloseTo(2 * precision * recall / (precision + recall), within(1e-12));
    }
    assertThat(UNEVEN.f1(2)).isZero();
    assertThat(UNEVEN.f1(3)).isNaN();
  }

  @Test
  void balancedScoresCountEveryClassAlike() {
    assertThat(UNEVEN.accuracy()).isEqualTo(0.91);
    assertThat(UNEVEN.balancedAccuracy()).isCloseTo((88.0 / 90 + 0.3) / 2, within(1e-12));
    assertThat(UNEVEN.macroF1()).isCloseTo((UNEVEN.f1(0) + UNEVEN.f1(1) + 0) / 3, within(1e-12));
  }
}
