package org.proxyless.devices.lite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.lite.Samples;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Lowering;
import org.proxyless.devices.lite.interpreter.LiteInterpreter;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Concat;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.NormClassifier;
import org.proxyless.network.operators.UnbiasedClassifier;

class LiteWriterTest {
  private static final int IMAGES = 4;
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-4f);
  @TempDir Path folder;

  @Test
  void publishedCellsBehindANormalisationAreTheSameInBoth() {
    assertEqualToTensorFlow(Samples.published(new NormClassifier()), Samples.NORMALIZATION);
  }

  @Test
  void publishedCellsWithoutABiasAreTheSameInBoth() {
    assertEqualToTensorFlow(Samples.published(new UnbiasedClassifier()), Samples.NORMALIZATION);
  }

  @Test
  void theFileGivesWhatTensorFlowGives() {
    assertEqualToTensorFlow(Samples.network(), Samples.NORMALIZATION);
  }

  @Test
  void anOperatorThatLetsNothingThroughGivesZerosInBoth() {
    assertEqualToTensorFlow(Samples.severed(), Samples.NORMALIZATION);
  }

  @Test
  void grayImagesWork() {
    Network network =
        new Network(
            "gray",
            List.of(
                new Operator(new Conv(5), new Shape(9, 8, 1), 7, 2, false),
                new Operator(new Classifier(), new Shape(5, 4, 7), 3, 1, false)));
    assertEqualToTensorFlow(network, new Normalization(List.of(0.29f), List.of(0.35f)));
  }

  @Test
  void aSumOfSeveralBranchesIsWhatItIsInTensorFlow() {
    assertEqualToTensorFlow(Samples.diamond(new Add(3)), Samples.NORMALIZATION);
  }

  @Test
  void theChannelsOfSeveralBranchesAreWhatTheyAreInTensorFlow() {
    assertEqualToTensorFlow(Samples.diamond(new Concat(3)), Samples.NORMALIZATION);
  }

  @Test
  void cellsAreWhatTheyAreInTensorFlow() {
    assertEqualToTensorFlow(Samples.cells(), Samples.NORMALIZATION);
  }

  @Test
  void mobileNetV3IsWhatItIsInTensorFlow() {
    assertEqualToTensorFlow(Samples.mobile(), Samples.NORMALIZATION);
  }

  @Test
  void mobileNetV3WithRelu6IsWhatItIsInTensorFlow() {
    assertEqualToTensorFlow(Samples.mobileRelu(), Samples.NORMALIZATION);
  }

  @Test
  void allButTheBytesIsRunByXnnpack() {
    for (Network network : List.of(Samples.network(), Samples.mobile())) {
      try (LiteInterpreter lite = LiteInterpreter.open("sample", file(network), 1)) {
        assertThat(lite.steps()).isEqualTo(2);
      }
    }
  }

  @Test
  void twoThreadsGiveTheSame() {
    byte[] image = images(Samples.network(), 1);
    byte[] file = file(Samples.network());
    try (LiteInterpreter one = LiteInterpreter.open("sample", file, 1);
        LiteInterpreter two = LiteInterpreter.open("sample", file, 2)) {
      one.run(image);
      two.run(image);
      assertThat(two.output(0)).containsExactly(one.output(0), TOLERANCE);
    }
  }

  @Test
  void theSameNetworkGivesTheSameBytes() {
    assertThat(file(Samples.network())).isEqualTo(file(Samples.network()));
  }

  @Test
  void whatIsNoSuchFileIsRefusedInOneLine() {
    byte[] damaged = file(Samples.network());
    Arrays.fill(damaged, 100, 2000, (byte) 0x7f);
    for (byte[] content : List.of(new byte[0], new byte[64], damaged)) {
      assertThatThrownBy(() -> LiteInterpreter.open("x.tflite", content, 1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("x.tflite is no TensorFlow Lite file")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aNetworkWithoutClassesIsRefused() {
    Network network =
        new Network(
            "headless", List.of(new Operator(new Conv(3), new Shape(8, 8, 3), 8, 1, false)));
    assertThatThrownBy(() -> file(network)).hasMessageContaining("must end in a dense layer");
  }

  private void assertEqualToTensorFlow(Network network, Normalization normalization) {
    NetworkWeights weights = Samples.weights(network, new SplittableRandom(1));
    InferenceGraph graph = Lowering.of(network, weights, normalization);
    int logits = graph.operations().get(graph.operations().size() - 1).inputs().get(0);
    byte[] file = new LiteWriter(graph, new FloatEncoding()).bytes(graph.output(), logits);
    byte[] pixels = images(network, IMAGES);
    int length = pixels.length / IMAGES;
    try (LoadedModel tensorFlow = Samples.inTensorFlow(network, weights, normalization, folder);
        LiteInterpreter lite = LiteInterpreter.open("sample", file, 1)) {
      float[][] expected = tensorFlow.probabilities(pixels, IMAGES);
      float[][] expectedLogits = tensorFlow.logits(pixels, IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        lite.run(Arrays.copyOfRange(pixels, i * length, (i + 1) * length));
        assertThat(lite.output(0)).containsExactly(expected[i], TOLERANCE);
        assertThat(lite.output(1)).containsExactly(expectedLogits[i], TOLERANCE);
      }
    }
  }

  private static byte[] images(Network network, int count) {
    return Samples.images(new SplittableRandom(2), network.input(), count);
  }

  private static byte[] file(Network network) {
    NetworkWeights weights = Samples.weights(network, new SplittableRandom(1));
    InferenceGraph graph = Lowering.of(network, weights, Samples.NORMALIZATION);
    return new LiteWriter(graph, new FloatEncoding()).bytes(graph.output());
  }
}
