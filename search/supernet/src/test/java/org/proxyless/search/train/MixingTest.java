package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.network.Shape;

class MixingTest {
  private static final Shape SHAPE = new Shape(6, 5, 2);
  private static final int PIXELS = 60;
  private static final int SIZE = 7;

  /** Of every image all numbers are its own. */
  private static float[] images() {
    float[] images = new float[SIZE * PIXELS];
    for (int i = 0; i < images.length; i++) {
      images[i] = 1 + i;
    }
    return images;
  }

  @Test
  void mixupAddsAShareOfAnotherImageToEach() {
    for (int seed = 0; seed < 20; seed++) {
      float[] mixed = images();
      Mixing mixing = Mixing.mixup(mixed, SIZE, 0.4, new SplittableRandom(seed));
      assertThat(mixing.share()).isBetween(0.0, 1.0);
      assertThat(mixing.partners()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
      float[] before = images();
      for (int i = 0; i < SIZE; i++) {
        for (int p = 0; p < PIXELS; p++) {
          double expected =
              mixing.share() * before[i * PIXELS + p]
                  + (1 - mixing.share()) * before[mixing.partners()[i] * PIXELS + p];
          assertThat((double) mixed[i * PIXELS + p]).isCloseTo(expected, within(1e-3));
        }
      }
    }
  }

  @Test
  void cutmixPutsABoxOfAnotherImageIntoEachAndTheShareIsWhatIsLeft() {
    boolean both = false;
    for (int seed = 0; seed < 50; seed++) {
      float[] mixed = images();
      Mixing mixing = Mixing.cutmix(mixed, SIZE, SHAPE, 1, new SplittableRandom(seed));
      float[] before = images();
      for (int i = 0; i < SIZE; i++) {
        int own = 0;
        for (int p = 0; p < PIXELS; p++) {
          float number = mixed[i * PIXELS + p];
          boolean isOwn = number == before[i * PIXELS + p];
          own += isOwn ? 1 : 0;
          assertThat(isOwn || number == before[mixing.partners()[i] * PIXELS + p]).isTrue();
        }
        if (mixing.partners()[i] != i) {
          assertThat((double) own / PIXELS).isCloseTo(mixing.share(), within(1e-9));
        }
      }
      both |= mixing.share() > 0.1 && mixing.share() < 0.9;
    }
    assertThat(both).isTrue();
  }

  @Test
  void cutoutBlanksASquareThatMayReachOverTheBorder() {
    boolean whole = false;
    boolean cut = false;
    for (int seed = 0; seed < 50; seed++) {
      float[] images = images();
      Mixing.cutout(images, SIZE, SHAPE, 3, new SplittableRandom(seed));
      float[] before = images();
      for (int i = 0; i < SIZE; i++) {
        int blank = 0;
        for (int p = i * PIXELS; p < (i + 1) * PIXELS; p++) {
          blank += images[p] == 0 ? 1 : 0;
          assertThat(images[p] == 0 || images[p] == before[p]).isTrue();
        }
        assertThat(blank).isBetween(2 * 2 * 2, 3 * 3 * 2);
        whole |= blank == 3 * 3 * 2;
        cut |= blank < 3 * 3 * 2;
      }
    }
    assertThat(whole && cut).isTrue();
  }

  /** Var Beta(α, α) = 1/(4 (2 α + 1)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.4, 1})
  void sharesAreDrawnFromBeta(double alpha) {
    SplittableRandom random = new SplittableRandom(5);
    int draws = 50_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double share = Mixing.beta(alpha, random);
      sum += share;
      squares += share * share;
    }
    double mean = sum / draws;
    assertThat(mean).isCloseTo(0.5, within(0.01));
    assertThat(squares / draws - mean * mean).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.003));
  }
}
