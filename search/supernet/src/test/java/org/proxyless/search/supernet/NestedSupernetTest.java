package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;

/**
 * Of the toy's first edge, candidates 0 (kernel 3, expansion 2) and 2 (kernel 5, expansion 3) have
 * their weights together; candidate 1 has no expanding layer, and weights of its own.
 */
class NestedSupernetTest {
  private static final Supernet.Settings EXACT = new Supernet.Settings(Toy.BATCH, 1, 0, 0);
  private static final Supernet.Settings SETTINGS = new Supernet.Settings(Toy.BATCH, 1);
  private static final NetworkWeights.Key DEPTHWISE = new NetworkWeights.Key(1, 1, Part.FILTER);

  @Test
  void aSmallCandidateHasTheMiddleOfTheWindowsAndTheFirstChannelsOfTheLargest() {
    try (Supernet supernet = Toy.nested(EXACT)) {
      float[] small = supernet.weights(new int[] {0, 0, 0}).get(DEPTHWISE);
      float[] large = supernet.weights(new int[] {2, 0, 0}).get(DEPTHWISE);
      assertThat(small).hasSize(3 * 3 * 8);
      assertThat(large).hasSize(5 * 5 * 12);
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          for (int channel = 0; channel < 8; channel++) {
            assertThat(small[(row * 3 + column) * 8 + channel])
                .isEqualTo(large[((row + 1) * 5 + column + 1) * 12 + channel]);
          }
        }
      }
    }
  }

  /** Each of these is trained with the gradient that it has alone, and in the same place. */
  @Test
  void aPathTrainsAsTheSameNetworkBuiltAlone() {
    for (int[] path : new int[][] {{0, 2, 1}, {1, 0, 0}, {2, 1, 0}}) {
      try (Supernet supernet = Toy.nested(SETTINGS);
          Supernet alone = new Supernet(Toy.alone(path), SETTINGS, new SplittableRandom(9))) {
        alone.assign(new int[0], supernet.weights(path));
        for (int step = 0; step < 3; step++) {
          double expected = alone.trainWeights(new int[0], Toy.batch(step), 0.05).loss();
          assertThat(supernet.trainWeights(path, Toy.batch(step), 0.05).loss())
              .isCloseTo(expected, within(1e-5));
        }
        Map<NetworkWeights.Key, float[]> expected = alone.weights(new int[0]).all();
        Map<NetworkWeights.Key, float[]> trained = supernet.weights(path).all();
        assertThat(trained.keySet()).isEqualTo(expected.keySet());
        trained.forEach(
            (key, values) ->
                assertThat(values)
                    .as(key.toString())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(expected.get(key)));
      }
    }
  }

  @Test
  void aStepOfASmallCandidateMovesWhatIsCommonAndNothingElse() {
    try (Supernet supernet = Toy.nested(EXACT)) {
      Map<String, float[]> before = supernet.state();
      supernet.trainWeights(new int[] {0, 2, 2}, Toy.batch(2), 0.1);
      Map<String, float[]> after = supernet.state();
      float[] old = before.get("b1/c2/l1/filter");
      float[] moved = after.get("b1/c2/l1/filter");
      for (int i = 0; i < old.length; i++) {
        int row = i / (5 * 12);
        int column = i / 12 % 5;
        boolean common = row >= 1 && row < 4 && column >= 1 && column < 4 && i % 12 < 8;
        assertThat(moved[i] != old[i]).as("number %d", i).isEqualTo(common);
      }
      before.forEach(
          (name, values) -> {
            if (name.matches("(b1/c1|b2|b3)/.*")) {
              assertThat(after.get(name)).as(name).containsExactly(values);
            }
          });
      assertThat(before.keySet()).noneMatch(name -> name.startsWith("b1/c0/"));
    }
  }

  @Test
  void gateGradientsAreThoseOfASupernetWhoseCandidatesHaveTheSameWeightsEach() {
    int[] path = {0, 1, 2};
    boolean[][] sampled = {{true, true, true}, {true, true, false}, {true, false, true}};
    try (Supernet nested = Toy.nested(EXACT);
        Supernet own = Toy.supernet(EXACT)) {
      for (int c = 0; c < 3; c++) {
        int[] all = {c, c, c};
        own.assign(all, nested.weights(all));
      }
      double[][] expected = own.gateGradients(path, sampled, Toy.batch(2)).values();
      double[][] gradients = nested.gateGradients(path, sampled, Toy.batch(2)).values();
      for (int e = 0; e < path.length; e++) {
        assertThat(gradients[e]).containsExactly(expected[e], within(1e-5));
        assertThat(Arrays.stream(expected[e]).anyMatch(g -> g != 0)).isTrue();
      }
    }
  }

  @Test
  void assigningAPathLeavesTheRestOfTheLargestAsItIs() {
    try (Supernet supernet = Toy.nested(EXACT)) {
      float[] before = supernet.weights(new int[] {2, 0, 0}).get(DEPTHWISE);
      NetworkWeights weights = supernet.weights(new int[] {0, 0, 0});
      Arrays.fill(weights.get(DEPTHWISE), 7);
      supernet.assign(new int[] {0, 0, 0}, weights);
      assertThat(supernet.weights(new int[] {0, 0, 0}).get(DEPTHWISE)).containsOnly(7);
      float[] after = supernet.weights(new int[] {2, 0, 0}).get(DEPTHWISE);
      assertThat(after[0]).isEqualTo(before[0]);
      assertThat(after[(1 * 5 + 1) * 12]).isEqualTo(7);
    }
  }

  @Test
  void aRestoredSupernetGoesOnAsTheOther() {
    int[] path = {2, 0, 1};
    try (Supernet supernet = Toy.nested(SETTINGS);
        Supernet other = Supernet.nested(Toy.blocks(), SETTINGS, new SplittableRandom(3))) {
      supernet.trainWeights(new int[] {0, 1, 1}, Toy.batch(1), 0.1);
      other.restore(supernet.state());
      double expected = supernet.trainWeights(path, Toy.batch(2), 0.1).loss();
      assertThat(other.trainWeights(path, Toy.batch(2), 0.1).loss()).isEqualTo(expected);
      assertThat(other.score(path, Toy.batch(3))).isEqualTo(supernet.score(path, Toy.batch(3)));
    }
  }
}
