package org.proxyless.devices.lite.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.format.NetworkFormats;
import org.proxyless.devices.lite.Samples;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.SqueezeMBConv;

/** What half precision and bytes make of h-swish, and of squeeze and excitation. */
class MobileFormatTest {
  private static final int IMAGES = 20;
  @TempDir Path folder;

  @Test
  void float16DiffersByTheRoundingOfItsWeights() throws IOException {
    assertThat(greatestDifference(Samples.mobile(), "fp16")).isBetween(1e-7, 5e-3);
  }

  @Test
  void int8DiffersByTheRoundingOfWeightsAndFeatureMaps() throws IOException {
    assertThat(greatestDifference(Samples.mobile(), "int8")).isBetween(1e-4, 8e-2);
    assertThat(greatestDifference(Samples.mobileRelu(), "int8")).isBetween(1e-4, 8e-2);
  }

  /** Bytes come and go: beside them nothing but XNNPACK's part. */
  @Test
  void asInt8XnnpackRunsAllButHSwish() {
    assertThat(steps(Samples.mobileRelu())).isLessThanOrEqualTo(3);
    assertThat(steps(Samples.mobile())).isGreaterThan(7);
  }

  @Test
  void squeezeAndExcitationStaysWithXnnpackAsInt8() {
    Shape map = new Shape(9, 8, 8);
    Network network =
        new Network(
            "squeezed",
            List.of(
                new Operator(new Conv(3), new Shape(9, 8, 3), 8, 1, false),
                new Operator(new SqueezeMBConv(3, 4), map, 8, 1, true),
                new Operator(new Classifier(), map, 3, 1, false)));
    assertThat(steps(network)).isLessThanOrEqualTo(3);
  }

  @Test
  void int8SaysHowManyLayersAreSlowThere() {
    NetworkFormat int8 = NetworkFormats.named("int8");
    assertThat(int8.caution(Samples.mobile()).orElseThrow()).startsWith("7 layers with h-swish");
    assertThat(int8.caution(Samples.mobileRelu())).isEmpty();
    assertThat(NetworkFormats.named("fp16").caution(Samples.mobile())).isEmpty();
  }

  private static int steps(Network network) {
    try (LiteInterpreter lite = LiteInterpreter.open("int8", bytes(network, "int8"), 1)) {
      return lite.steps();
    }
  }

  private double greatestDifference(Network network, String format) throws IOException {
    byte[] pixels = Samples.images(new SplittableRandom(2), network.input(), IMAGES);
    Path folder = Files.createTempDirectory(this.folder, format);
    Path file = Files.write(folder.resolve(format), bytes(network, format));
    double greatest = 0;
    try (LoadedModel tensorFlow =
            Samples.inTensorFlow(network, weights(network), Samples.NORMALIZATION, folder);
        ImageModel model = NetworkFormats.named(format).open(file).orElseThrow()) {
      float[][] expected = tensorFlow.probabilities(pixels, IMAGES);
      float[][] actual = model.probabilities(pixels, IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        for (int c = 0; c < expected[i].length; c++) {
          greatest = Math.max(greatest, Math.abs(expected[i][c] - actual[i][c]));
        }
      }
    }
    return greatest;
  }

  private static NetworkWeights weights(Network network) {
    return Samples.weights(network, new SplittableRandom(1));
  }

  private static byte[] bytes(Network network, String name) {
    NetworkFormat format = NetworkFormats.named(name);
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> calibration =
        Stream.generate(() -> Samples.images(random, network.input(), 1)).limit(32).toList();
    return format.write(
        new DeployableNetwork(network, weights(network), Samples.NORMALIZATION, Samples.CLASSES),
        format.needsCalibration() ? calibration : List.of());
  }
}
