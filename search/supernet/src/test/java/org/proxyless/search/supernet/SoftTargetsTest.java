package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.data.Batch;

class SoftTargetsTest {
  private static final int[] PATH = {0, 1, 0};
  private static final Supernet.Settings WEIGHING = new Supernet.Settings(Toy.BATCH, 1, 0, 0, true);
  private static final Supernet.Settings PLAIN = new Supernet.Settings(Toy.BATCH, 1, 0, 0);
  private static final Batch BATCH = Toy.batch(3);

  /** Of every image the probability of one class, the others even. */
  private static float[] distributions() {
    float[] q = new float[Toy.BATCH * Toy.CLASSES];
    for (int i = 0; i < Toy.BATCH; i++) {
      for (int c = 0; c < Toy.CLASSES; c++) {
        q[i * Toy.CLASSES + c] = c == (i + 1) % Toy.CLASSES ? 0.6f : 0.2f;
      }
    }
    return q;
  }

  private static float[] labels() {
    float[] q = new float[Toy.BATCH * Toy.CLASSES];
    for (int i = 0; i < Toy.BATCH; i++) {
      q[i * Toy.CLASSES + Toy.labels()[i]] = 1;
    }
    return q;
  }

  /** At rate 0 a step changes no weight. */
  private static double loss(Supernet supernet, float[] q, float[] weights) {
    return supernet.trainWeights(PATH, BATCH, new SoftTargets(q, weights), 0).loss();
  }

  /** −ln p of each image and class, by steps in which one image alone counts. */
  private static double[] surprises(Supernet supernet) {
    double[] surprises = new double[Toy.BATCH * Toy.CLASSES];
    for (int i = 0; i < surprises.length; i++) {
      float[] q = new float[surprises.length];
      for (int image = 0; image < Toy.BATCH; image++) {
        q[image * Toy.CLASSES + i % Toy.CLASSES] = 1;
      }
      float[] one = new float[Toy.BATCH];
      one[i / Toy.CLASSES] = 1;
      surprises[i] = Toy.BATCH * loss(supernet, q, one);
    }
    return surprises;
  }

  @Test
  void theLossIsTheWeightedMeanOfTheCrossEntropies() {
    try (Supernet supernet = Toy.supernet(WEIGHING)) {
      double[] surprises = surprises(supernet);
      for (int i = 0; i < Toy.BATCH; i++) { // they are those of probabilities
        double sum = 0;
        for (int c = 0; c < Toy.CLASSES; c++) {
          sum += Math.exp(-surprises[i * Toy.CLASSES + c]);
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
      float[] weights = {0.5f, 2, 0, 1.5f};
      double expected = 0;
      for (int i = 0; i < surprises.length; i++) {
        expected += weights[i / Toy.CLASSES] * distributions()[i] * surprises[i] / Toy.BATCH;
      }
      assertThat(loss(supernet, distributions(), weights)).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void labelsThatCountAlikeMakeAPlainStep() {
    try (Supernet weighing = Toy.supernet(WEIGHING);
        Supernet plain = Toy.supernet(PLAIN)) {
      double loss = plain.trainWeights(PATH, BATCH, 0.1).loss();
      assertThat(weighing.trainWeights(PATH, BATCH, new SoftTargets(labels(), null), 0.1).loss())
          .isEqualTo(loss);
      assertSame(weighing, plain);
      assertThat(plain.trainWeights(PATH, BATCH, new SoftTargets(labels(), null), 0.1).loss())
          .isEqualTo(weighing.trainWeights(PATH, BATCH, 0.1).loss());
      assertSame(weighing, plain);
    }
  }

  private static void assertSame(Supernet one, Supernet other) {
    Map<NetworkWeights.Key, float[]> expected = other.weights(PATH).all();
    one.weights(PATH)
        .all()
        .forEach(
            (key, values) ->
                assertThat(values)
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(expected.get(key)));
  }

  /**
   * A first step of Nesterov momentum moves a weight by −1.9 times rate and gradient. Looked at are
   * the classifier's weights: what goes back from there is as in any other step.
   */
  @Test
  void aStepFollowsTheGradientOfThatLoss() {
    float[] weights = {0.5f, 2, 0, 1.5f};
    double rate = 1e-2;
    double h = 1e-2;
    try (Supernet stepped = Toy.supernet(WEIGHING);
        Supernet moved = Toy.supernet(WEIGHING)) {
      Map<NetworkWeights.Key, float[]> before = stepped.weights(PATH).all();
      stepped.trainWeights(PATH, BATCH, new SoftTargets(distributions(), weights), rate);
      Map<NetworkWeights.Key, float[]> after = stepped.weights(PATH).all();
      int checked = 0;
      for (NetworkWeights.Key key : before.keySet()) {
        boolean smooth = NetworkWeights.Part.OF_DENSE.contains(key.part());
        for (int i = 0; smooth && i < before.get(key).length; i += 2) {
          double gradient = (before.get(key)[i] - after.get(key)[i]) / (1.9 * rate);
          double expected =
              (lossWith(moved, before, key, i, h, weights)
                      - lossWith(moved, before, key, i, -h, weights))
                  / (2 * h);
          assertThat(gradient).as(key + " " + i).isCloseTo(expected, within(1e-3));
          checked++;
        }
      }
      assertThat(checked).isGreaterThan(8);
    }
  }

  private static double lossWith(
      Supernet supernet,
      Map<NetworkWeights.Key, float[]> at,
      NetworkWeights.Key key,
      int number,
      double by,
      float[] weights) {
    NetworkWeights changed = new NetworkWeights();
    at.forEach((k, values) -> changed.put(k, values.clone()));
    changed.get(key)[number] += (float) by;
    supernet.assign(PATH, changed);
    return loss(supernet, distributions(), weights);
  }

  @Test
  void aScoreCountsAllImagesAlikeAgain() {
    try (Supernet weighing = Toy.supernet(WEIGHING);
        Supernet plain = Toy.supernet(PLAIN)) {
      float[] none = new float[Toy.BATCH];
      Arrays.fill(none, 0);
      loss(weighing, labels(), none);
      assertThat(weighing.score(PATH, BATCH).loss()).isEqualTo(plain.score(PATH, BATCH).loss());
    }
  }
}
