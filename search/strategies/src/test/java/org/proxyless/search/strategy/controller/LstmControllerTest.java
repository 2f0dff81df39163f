package org.proxyless.search.strategy.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LstmControllerTest {
  private static final int[] SIZES = {3, 2, 4, 3};
  private static final int[] PATH = {2, 0, 3, 1};
  private static final double[] WEIGHTS = {0.7, -1.3, 0.4, 2.1};
  private static final double ENTROPY_WEIGHT = 0.6;

  private final LstmController controller =
      new LstmController(SIZES, 5, 2.5, 1.7, new SplittableRandom(4));

  @Test
  void itsGradientIsThatOfFiniteDifferences() {
    for (double[] block : controller.parameters()) {
      Arrays.setAll(block, i -> 6 * block[i]); // away from the linear start
    }
    double[][] gradient = controller.zeros();
    controller.accumulate(controller.replay(PATH), WEIGHTS, ENTROPY_WEIGHT, gradient);
    double h = 1e-6;
    for (int b = 0; b < gradient.length; b++) {
      double[] block = controller.parameters()[b];
      for (int i = 0; i < block.length; i++) {
        double kept = block[i];
        block[i] = kept + h;
        double above = loss();
        block[i] = kept - h;
        double slope = (above - loss()) / (2 * h);
        block[i] = kept;
        assertThat(gradient[b][i]).as("weight %d of block %d", i, b).isCloseTo(slope, within(1e-8));
      }
    }
    assertThat(Arrays.stream(gradient[1]).boxed()).anyMatch(g -> Math.abs(g) > 1e-3);
  }

  private double loss() {
    LstmController.Episode episode = controller.replay(PATH);
    double loss = -ENTROPY_WEIGHT * episode.entropy();
    for (int t = 0; t < PATH.length; t++) {
      loss -= WEIGHTS[t] * episode.logProbability(t);
    }
    return loss;
  }

  @Test
  void aReplayIsTheRunThatDrewThePath() {
    LstmController.Episode drawn = controller.draw(new SplittableRandom(9));
    assertThat(controller.replay(drawn.path()).probabilities())
        .isDeepEqualTo(drawn.probabilities());
  }

  @Test
  void itsMarginalsAreDistributions() {
    for (double[] p : controller.marginals(20, new SplittableRandom(1))) {
      assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
    }
  }
}
