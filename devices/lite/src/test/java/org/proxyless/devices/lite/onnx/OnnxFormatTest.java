package org.proxyless.devices.lite.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.NetworkFormats;
import org.proxyless.devices.lite.Samples;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.Concat;
import org.proxyless.network.operators.NormClassifier;
import org.proxyless.network.operators.UnbiasedClassifier;

class OnnxFormatTest {
  private static final int IMAGES = 4;
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-4f);
  @TempDir Path folder;

  @Test
  void publishedCellsBehindANormalisationAreTheSameInBoth() throws OrtException {
    assertEqualToTensorFlow(Samples.published(new NormClassifier()));
  }

  @Test
  void publishedCellsWithoutABiasAreTheSameInBoth() throws OrtException {
    assertEqualToTensorFlow(Samples.published(new UnbiasedClassifier()));
  }

  @Test
  void onnxRuntimeGivesWhatTensorFlowGives() throws OrtException {
    assertEqualToTensorFlow(Samples.network());
  }

  @Test
  void anOperatorThatLetsNothingThroughGivesZerosInBoth() throws OrtException {
    assertEqualToTensorFlow(Samples.severed());
  }

  @Test
  void branchesThatAreAddedGiveTheSameInBoth() throws OrtException {
    assertEqualToTensorFlow(Samples.diamond(new Add(3)));
  }

  @Test
  void cellsGiveTheSameInBoth() throws OrtException {
    assertEqualToTensorFlow(Samples.cells());
  }

  @Test
  void mobileNetV3GivesTheSameInBoth() throws OrtException {
    assertEqualToTensorFlow(Samples.mobile());
  }

  @Test
  void mobileNetV3WithRelu6GivesTheSameInBoth() throws OrtException {
    assertEqualToTensorFlow(Samples.mobileRelu());
  }

  @Test
  void theChannelsOfSeveralBranchesAreTheSameInBoth() throws OrtException {
    assertEqualToTensorFlow(Samples.diamond(new Concat(3)));
  }

  @Test
  void theClassNamesAreMetadata() throws OrtException {
    Network network = Samples.network();
    NetworkWeights weights = Samples.weights(network, new SplittableRandom(1));
    try (OrtSession session = session(network, weights)) {
      assertThat(session.getMetadata().getCustomMetadata())
          .containsExactly(Map.entry("classes", "T-shirt/top\nTrouser\nSandale à bride"));
      assertThat(session.getInputNames()).containsExactly("images");
      assertThat(session.getOutputNames()).containsExactly("logits", "probabilities");
    }
  }

  private void assertEqualToTensorFlow(Network network) throws OrtException {
    NetworkWeights weights = Samples.weights(network, new SplittableRandom(1));
    byte[] pixels = Samples.images(new SplittableRandom(2), network.input(), IMAGES);
    try (LoadedModel tensorFlow =
            Samples.inTensorFlow(network, weights, Samples.NORMALIZATION, folder);
        OrtSession session = session(network, weights);
        OnnxTensor images = tensor(pixels);
        OrtSession.Result result = session.run(Map.of("images", images))) {
      float[][] logits = (float[][]) result.get("logits").orElseThrow().getValue();
      float[][] probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
      for (int i = 0; i < IMAGES; i++) {
        assertThat(logits[i]).containsExactly(tensorFlow.logits(pixels, IMAGES)[i], TOLERANCE);
        assertThat(probabilities[i])
            .containsExactly(tensorFlow.probabilities(pixels, IMAGES)[i], TOLERANCE);
      }
    }
  }

  private static OrtSession session(Network network, NetworkWeights weights) throws OrtException {
    byte[] file =
        NetworkFormats.named("onnx")
            .write(
                new DeployableNetwork(network, weights, Samples.NORMALIZATION, Samples.CLASSES),
                List.of());
    return OrtEnvironment.getEnvironment().createSession(file);
  }

  private static OnnxTensor tensor(byte[] pixels) throws OrtException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(pixels.length).order(ByteOrder.nativeOrder());
    buffer.put(pixels).flip();
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(),
        buffer,
        new long[] {IMAGES, 13, 10, 3},
        OnnxJavaType.UINT8);
  }
}
