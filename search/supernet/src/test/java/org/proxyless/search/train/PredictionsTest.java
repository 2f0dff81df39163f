package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  private static final Predictions FIVE =
      new Predictions(
          3,
          new int[] {0, 0, 1, 1, 2},
          new int[] {0, 1, 1, 0, 0},
          new float[] {0.9f, 0.6f, 0.5f, 0.8f, 0.8f});

  @Test
  void imagesAreCountedByTrueAndPredictedClass() {
    assertThat(FIVE.evaluation().confusion())
        .isDeepEqualTo(new int[][] {{1, 1, 0}, {1, 1, 0}, {1, 0, 0}});
  }

  @Test
  void theSurestMistakesComeFirst() {
    assertThat(FIVE.mistakes(2))
        .containsExactly(
            new Predictions.Mistake(3, 1, 0, 0.8f), new Predictions.Mistake(4, 2, 0, 0.8f));
    assertThat(FIVE.mistakes(9)).hasSize(3);
  }

  @Test
  void theCalibrationErrorIsTheWeightedDistanceOfAccuracyFromConfidence() {
    Calibration two = FIVE.calibration(2);
    assertThat(two.bins().get(0)).isEqualTo(new Calibration.Bin(0, 0.5, 1, 1, 0.5));
    assertThat(two.bins().get(1).images()).isEqualTo(4);
    assertThat(two.bins().get(1).accuracy()).isEqualTo(0.25);
    double expected = 0.2 * 0.5 + 0.8 * ((0.9 + 0.6 + 0.8 + 0.8) / 4 - 0.25);
    assertThat(two.error()).isCloseTo(expected, within(1e-7));
    assertThat(two.confidence()).isCloseTo(3.6 / 5, within(1e-7));
  }

  /** One that is right as often as it says has hardly any error, one that is never right all. */
  @Test
  void anHonestNetworkHasNoCalibrationError() {
    SplittableRandom random = new SplittableRandom(3);
    int images = 200_000;
    float[] confidences = new float[images];
    boolean[] honest = new boolean[images];
    double sum = 0;
    for (int i = 0; i < images; i++) {
      confidences[i] = (float) random.nextDouble();
      honest[i] = random.nextDouble() < confidences[i];
      sum += confidences[i];
    }
    assertThat(Calibration.of(confidences, honest, Calibration.BINS).error()).isLessThan(0.01);
    assertThat(Calibration.of(confidences, new boolean[images], Calibration.BINS).error())
        .isCloseTo(sum / images, within(1e-6));
  }

  @Test
  void theBordersOfBinsBelongToTheLower() {
    Calibration bins = Calibration.of(new float[] {0, 0.25f, 0.5f, 0.75f, 1}, new boolean[5], 4);
    assertThat(bins.bins()).extracting(Calibration.Bin::images).containsExactly(2, 1, 1, 1);
    assertThat(Calibration.of(new float[0], new boolean[0], 4).error()).isZero();
  }
}
