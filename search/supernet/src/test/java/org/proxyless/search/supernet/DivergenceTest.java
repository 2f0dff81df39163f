package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.search.data.Batch;

class DivergenceTest {
  private static final int[] PATH = {1, 0, 1};
  private static final Supernet.Settings SETTINGS = new Supernet.Settings(Toy.BATCH, 1);

  private static void scale(Supernet supernet, int block, int layer, Part part, float factor) {
    NetworkWeights weights = supernet.weights(PATH);
    float[] values = weights.get(block, layer, part);
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    supernet.assign(PATH, weights);
  }

  @Test
  void aLossThatIsNotFiniteNamesTheBlockWhereItBeganAndChangesNothing() {
    try (Supernet supernet = Toy.supernet(SETTINGS)) {
      scale(supernet, 2, 2, Part.SCALE, 1e38f);
      Map<String, float[]> before = supernet.state();
      assertThatThrownBy(() -> supernet.trainWeights(PATH, Toy.batch(1), 0.1))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("the loss is not finite on path [1, 0, 1]")
          .hasMessageContaining("began in block 2, MBConv(kernel=3,expansion=2)");
      assertThatThrownBy(() -> supernet.score(PATH, Toy.batch(1)))
          .isInstanceOf(DivergedException.class);
      assertThatThrownBy(() -> supernet.gateGradients(PATH, new boolean[3][3], Toy.batch(1)))
          .isInstanceOf(DivergedException.class);
      supernet.state().forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
      int[] healthy = {1, 1, 1};
      supernet.trainWeights(healthy, Toy.batch(1), 0.1);
    }
  }

  @Test
  void aMixturesLossThatIsNotFiniteNamesTheBlockAndChangesNothing() {
    double[][] even = {{0.3, 0.3, 0.4}, {0.3, 0.3, 0.4}, {0.3, 0.3, 0.4}};
    Batch batch = Toy.batch(1);
    try (MixtureSupernet supernet = Toy.mixture(SETTINGS)) {
      scale(supernet, 2, 2, Part.SCALE, 1e38f);
      Map<String, float[]> before = supernet.state();
      assertThatThrownBy(() -> supernet.trainWeights(even, batch, 0.1))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("the loss is not finite on a mixture of all candidates")
          .hasMessageContaining("began in block 2");
      assertThatThrownBy(() -> supernet.mixtureGradients(even, batch))
          .isInstanceOf(DivergedException.class);
      assertThatThrownBy(() -> supernet.lookAhead(even, batch, batch, 0.1))
          .isInstanceOf(DivergedException.class);
      supernet.state().forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
    }
  }

  @Test
  void aMixturesGradientThatIsNotFiniteNamesTheLayerAndTheWeightsComeBack() {
    double[][] first = {{0, 1, 0}, {1, 0, 0}, {0, 1, 0}}; // PATH
    Batch batch = Toy.batch(1);
    try (MixtureSupernet supernet = Toy.mixture(SETTINGS)) {
      scale(supernet, 4, 1, Part.WEIGHTS, 1e28f);
      scale(supernet, 3, 2, Part.SCALE, 1e6f);
      scale(supernet, 2, 2, Part.SCALE, 1e6f);
      Map<String, float[]> before = supernet.state();
      assertThatThrownBy(() -> supernet.lookAhead(first, batch, batch, 0.1))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("a gradient is not finite on a mixture of all candidates")
          .hasMessageContaining("began in layer");
      supernet.state().forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
    }
  }

  @Test
  void imagesThatAreNotFiniteAreNamed() {
    float[] images = Toy.images(1);
    images[3] = Float.NaN;
    try (Supernet supernet = Toy.supernet(SETTINGS)) {
      assertThatThrownBy(
              () -> supernet.trainWeights(PATH, new Batch(images, Toy.labels(), Toy.BATCH), 0.1))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("the images of the batch");
    }
  }

  @Test
  void aGradientThatIsNotFiniteNamesTheLayerWhereItBegan() {
    try (Supernet supernet = Toy.supernet(SETTINGS)) {
      // Finite forward, logits of 1e30 and more. Backward, each scale multiplies the gradient:
      // that of layer 1 in block 3 still fits into a float.
      scale(supernet, 4, 1, Part.WEIGHTS, 1e28f);
      scale(supernet, 3, 2, Part.SCALE, 1e6f);
      scale(supernet, 2, 2, Part.SCALE, 1e6f);
      assertThat(supernet.score(PATH, Toy.batch(1)).loss()).isFinite();
      assertThatThrownBy(() -> supernet.trainWeights(PATH, Toy.batch(1), 0.1))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("a gradient is not finite on path [1, 0, 1]")
          .hasMessageContaining("began in layer 0 (filter) of block 3, MBConv(");
    }
  }
}
