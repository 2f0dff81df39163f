package org.proxyless.search.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.TensorFlowRuntime;
import org.proxyless.network.BlockGraph.Derived;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Key;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Normalization;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

class MorphismTest {
  private static final int SMALL = 0;
  private static final int WIDE = 1;
  private static final int LARGE = 2;
  private static final int SKIP = 3;
  private static final int IMAGES = 3;

  @TempDir Path folder;

  private SearchSpace space() throws IOException {
    String yaml =
        """
        description: three blocks
        input: {height: 14, width: 14, channels: 1}
        classes: 10
        candidates:
          - {type: MBConv, kernel: 3, expansion: 2}
          - {type: MBConv, kernel: 3, expansion: 4}
          - {type: MBConv, kernel: 7, expansion: 4}
          - {type: Zero}
        blocks:
          - {name: stem, channels: 8, stride: 2, operator: {type: Conv, kernel: 3}}
          - {name: stage1, channels: 8, stride: 1, cells: 1}
          - {name: stage2, channels: 16, stride: 2, cells: 2}
          - {name: classifier, operator: {type: Classifier}}
        """;
    Path file = Files.writeString(folder.resolve("three.yaml"), yaml);
    return SearchSpaces.load(file.toString(), 1, null, null);
  }

  @Test
  void aGrownNetworkComputesWhatItsParentDoes() throws IOException {
    SearchSpace space = space();
    int[][][] families = {
      {{SMALL, SMALL, SMALL}, {WIDE, SMALL, SMALL}},
      {{SMALL, SMALL, SMALL}, {SMALL, LARGE, LARGE}}, // at stride 2 as well
      {{SMALL, WIDE, SKIP}, {SMALL, WIDE, LARGE}}, // deeper
      {{SKIP, SMALL, SKIP}, {LARGE, LARGE, WIDE}},
    };
    for (int[][] family : families) {
      Derived parent = space.derive(family[0]);
      Derived child = space.derive(family[1]);
      NetworkWeights weights = trained(parent.network());
      NetworkWeights grown =
          Morphism.grown(parent, weights, child, new SplittableRandom(2)).orElseThrow();
      float[] expected = logits(parent.network(), weights);
      float[] actual = logits(child.network(), grown);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i])
            .isCloseTo(expected[i], within(1e-5f * Math.max(1, Math.abs(expected[i]))));
      }
      assertThat(logits(child.network(), trained(child.network()))[0])
          .isNotCloseTo(expected[0], within(1e-3f));
    }
  }

  @Test
  void whatShrinksOrBecomesSomethingElseIsNotGrown() throws IOException {
    SearchSpace space = space();
    int[][][] strangers = {
      {{WIDE, SMALL, SMALL}, {SMALL, SMALL, SMALL}},
      {{LARGE, SMALL, SMALL}, {WIDE, SMALL, SMALL}},
      {{SMALL, SMALL, SMALL}, {SMALL, SMALL, SKIP}},
    };
    for (int[][] pair : strangers) {
      Derived parent = space.derive(pair[0]);
      Optional<NetworkWeights> grown =
          Morphism.grown(
              parent, trained(parent.network()), space.derive(pair[1]), new SplittableRandom(1));
      assertThat(grown).isEmpty();
    }
  }

  /** As if they had been: scales, shifts and statistics of all sizes. */
  private static NetworkWeights trained(Network network) {
    SplittableRandom random = new SplittableRandom(7);
    NetworkWeights weights = NetworkWeights.initial(network, random);
    for (Map.Entry<Key, float[]> entry : weights.all().entrySet()) {
      boolean filter = entry.getKey().part() == Part.FILTER;
      float[] values = entry.getValue();
      for (int i = 0; i < values.length && !filter; i++) {
        values[i] += (float) random.nextDouble(-0.3, 0.3);
      }
    }
    return weights;
  }

  private static float[] logits(Network network, NetworkWeights weights) {
    SplittableRandom random = new SplittableRandom(5);
    try (TensorFlowRuntime runtime =
            TensorFlowRuntime.load(
                DeployedGraph.of(network, weights, Normalization.symmetric(1)),
                DeviceProfiles.load(DeviceProfile.DEFAULT));
        TFloat32 images = TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(IMAGES, 14, 14, 1))) {
      float[] pixels = new float[IMAGES * 14 * 14];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextGaussian();
      }
      images.asRawTensor().data().asFloats().write(pixels);
      try (Result result = runtime.run(DeployedGraph.NORMALIZED, images, DeployedGraph.LOGITS)) {
        float[] logits = new float[(int) result.get(0).shape().size()];
        result.get(0).asRawTensor().data().asFloats().read(logits);
        return logits;
      }
    }
  }
}
