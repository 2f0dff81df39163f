package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Batch;
import org.proxyless.search.supernet.SoftTargets;

class TrainingRecipeTest {
  private static final Shape SHAPE = new Shape(4, 4, 1);
  private static final int CLASSES = 3;
  private static final int SIZE = 4;
  private static final double[] WEIGHTS = {0.5, 2, 1.5};

  private static Batch batch() {
    SplittableRandom random = new SplittableRandom(8);
    float[] images = new float[SIZE * 16];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble();
    }
    return new Batch(images, new int[] {0, 1, 2, 1}, SIZE);
  }

  private static TrainingRecipe recipe(
      double mixup, double cutmix, Optional<double[]> weights, Optional<Teacher> teacher) {
    return new TrainingRecipe(0.1, 2, mixup, cutmix, weights, teacher, 0.25, 0, 7);
  }

  private static Teacher teacher(float[] answer) {
    return new Teacher() {
      @Override
      public float[] probabilities(float[] images, int size) {
        return answer;
      }

      @Override
      public void close() {}
    };
  }

  private static TrainingRecipe.Prepared prepared(TrainingRecipe recipe, long step) {
    return recipe.prepare(batch(), SHAPE, CLASSES, step);
  }

  @Test
  void aStepIsTheSameEachTimeAndNoOtherIs() {
    TrainingRecipe recipe = recipe(0.3, 0, Optional.empty(), Optional.empty());
    TrainingRecipe.Prepared first = prepared(recipe, 5);
    assertThat(prepared(recipe, 5).batch().images()).isEqualTo(first.batch().images());
    assertThat(prepared(recipe, 5).targets().distributions())
        .isEqualTo(first.targets().distributions());
    assertThat(prepared(recipe, 6).batch().images()).isNotEqualTo(first.batch().images());
    assertThat(first.batch().images()).isNotEqualTo(batch().images());
    assertThat(first.targets().weights()).isNull();
  }

  @Test
  void withoutMixingTargetsAreTheSmoothedLabels() {
    SoftTargets targets =
        prepared(recipe(0, 0, Optional.of(WEIGHTS), Optional.empty()), 1).targets();
    float rest = 0.1f / 3;
    assertThat(targets.distributions())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(
            0.9f + rest,
            rest,
            rest,
            rest,
            0.9f + rest,
            rest,
            rest,
            rest,
            0.9f + rest,
            rest,
            0.9f + rest,
            rest);
    assertThat(targets.weights()).containsExactly(0.5f, 2, 1.5f, 2);
  }

  /** Σ_j s_j w_j H(q_j, p) over the mixed images, as the papers state it. */
  @Test
  void theLossOfAMixtureIsThatOfItsImagesByShareAndClassWeight() {
    for (boolean box : new boolean[] {false, true}) {
      TrainingRecipe recipe =
          recipe(box ? 0 : 0.4, box ? 1 : 0, Optional.of(WEIGHTS), Optional.empty());
      for (long step = 0; step < 10; step++) {
        SoftTargets targets = prepared(recipe, step).targets();
        SplittableRandom random = new SplittableRandom(7 + 0x9e3779b97f4a7c15L * (step + 1));
        float[] images = batch().images();
        Mixing.cutout(images, SIZE, SHAPE, 2, random);
        Mixing mixing =
            box
                ? Mixing.cutmix(images, SIZE, SHAPE, 1, random)
                : Mixing.mixup(images, SIZE, 0.4, random);
        double[] p = {0.2, 0.7, 0.1};
        for (int i = 0; i < SIZE; i++) {
          int own = batch().labels()[i];
          int other = batch().labels()[mixing.partners()[i]];
          double expected =
              mixing.share() * WEIGHTS[own] * smoothedLoss(own, p)
                  + (1 - mixing.share()) * WEIGHTS[other] * smoothedLoss(other, p);
          double loss = 0;
          double sum = 0;
          for (int c = 0; c < CLASSES; c++) {
            double q = targets.distributions()[i * CLASSES + c];
            loss -= q * Math.log(p[c]);
            sum += q;
          }
          assertThat(sum).isCloseTo(1, within(1e-6));
          assertThat(targets.weights()[i] * loss).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  private static double smoothedLoss(int label, double[] p) {
    double loss = -0.9 * Math.log(p[label]);
    for (double each : p) {
      loss -= 0.1 / CLASSES * Math.log(each);
    }
    return loss;
  }

  @Test
  void aTeacherHasItsShareOfTheTargets() {
    float[] answer = {0.2f, 0.3f, 0.5f, 1, 0, 0, 0, 0, 1, 0.25f, 0.5f, 0.25f};
    float[] plain =
        prepared(recipe(0, 0, Optional.empty(), Optional.empty()), 1).targets().distributions();
    float[] taught =
        prepared(recipe(0, 0, Optional.empty(), Optional.of(teacher(answer))), 1)
            .targets()
            .distributions();
    for (int i = 0; i < taught.length; i++) {
      assertThat((double) taught[i]).isCloseTo(0.75 * plain[i] + 0.25 * answer[i], within(1e-6));
    }
  }

  @Test
  void balancedWeightsGiveEveryClassTheSameSum() {
    double[] weights = TrainingRecipe.balanced(new int[] {90, 10, 0, 50});
    assertThat(weights[0] * 90).isCloseTo(weights[1] * 10, within(1e-9));
    assertThat(weights[0] * 90).isCloseTo(weights[3] * 50, within(1e-9));
    assertThat((weights[0] * 90 + weights[1] * 10 + weights[3] * 50) / 150)
        .isCloseTo(1, within(1e-12));
    assertThat(weights[2]).isEqualTo(1);
  }
}
