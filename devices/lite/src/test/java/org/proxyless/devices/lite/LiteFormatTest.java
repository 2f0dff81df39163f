package org.proxyless.devices.lite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.format.NetworkFormats;
import org.proxyless.devices.lite.file.FloatEncoding;
import org.proxyless.devices.lite.file.LiteWriter;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Lowering;
import org.proxyless.devices.lite.interpreter.LiteInterpreter;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Shape;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.SignatureDef;
import org.tensorflow.lite.schema.TensorType;
import org.tensorflow.lite.support.metadata.MetadataExtractor;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;

class LiteFormatTest {
  private static final int IMAGES = 50;
  private static final Network NETWORK = Samples.network();
  private static final NetworkWeights WEIGHTS = Samples.weights(NETWORK, new SplittableRandom(1));
  private static final byte[] PIXELS =
      Samples.images(new SplittableRandom(2), NETWORK.input(), IMAGES);
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tflite", "fp16", "int8"})
  void everyPrecisionTakesBytesAndGivesTheClassesByName(String format) {
    try (ImageModel model = open(format)) {
      assertThat(model.imageShape()).isEqualTo(new Shape(13, 10, 3));
      assertThat(model.classNames()).isEqualTo(Samples.CLASSES);
      for (float[] probabilities : model.probabilities(PIXELS, IMAGES)) {
        assertThat(sum(probabilities)).isBetween(0.999, 1.001);
      }
    }
  }

  @Test
  void float32IsEqualToTensorFlow() {
    assertThat(greatestDifference("tflite")).isLessThan(1e-4);
  }

  @Test
  void float16DiffersByTheRoundingOfItsWeights() {
    assertThat(greatestDifference("fp16")).isBetween(1e-7, 5e-3);
    assertThat(bytes("fp16").length).isLessThan(bytes("tflite").length * 2 / 3);
  }

  @Test
  void int8DiffersByTheRoundingOfWeightsAndFeatureMaps() {
    assertThat(greatestDifference("int8")).isBetween(1e-4, 5e-2);
    assertThat(bytes("int8").length).isLessThan(bytes("tflite").length * 3 / 4);
  }

  @Test
  void theLabelsAreWhereTheTaskLibraryLooks() throws IOException {
    MetadataExtractor metadata = new MetadataExtractor(ByteBuffer.wrap(bytes("int8")));

    try (InputStream labels = metadata.getAssociatedFile("labels.txt")) {
      assertThat(new String(labels.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("T-shirt/top\nTrouser\nSandale à bride\n");
    }
    assertThat(metadata.isMinimumParserVersionSatisfied()).isTrue();
    assertThat(metadata.getInputTensorType(0)).isEqualTo(TensorType.UINT8);
    assertThat(metadata.getInputTensorShape(0)).containsExactly(1, 13, 10, 3);
    assertThat(metadata.getOutputTensorType(0)).isEqualTo(TensorType.FLOAT32);
    var file = metadata.getOutputTensorMetadata(0).associatedFiles(0);
    assertThat(file.name()).isEqualTo("labels.txt");
    assertThat(file.type()).isEqualTo(AssociatedFileType.TENSOR_AXIS_LABELS);
  }

  @Test
  void anyZipReaderFindsTheLabels() throws IOException {
    try (ZipFile zip = new ZipFile(file("tflite").toFile())) {
      ZipEntry entry = zip.getEntry("labels.txt");
      assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
      assertThat(zip.getInputStream(entry).readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .startsWith("T-shirt/top\n");
    }
  }

  @Test
  void theOneSignatureIsThatOfTheSavedModel() {
    Model model = Model.getRootAsModel(ByteBuffer.wrap(bytes("tflite")));

    assertThat(model.signatureDefsLength()).isEqualTo(1);
    SignatureDef signature = model.signatureDefs(0);
    assertThat(signature.signatureKey()).isEqualTo("serving_default");
    assertThat(signature.inputs(0).name()).isEqualTo("images");
    assertThat(signature.inputs(0).tensorIndex()).isEqualTo(model.subgraphs(0).inputs(0));
    assertThat(signature.outputsLength()).isEqualTo(1);
    assertThat(signature.outputs(0).name()).isEqualTo("probabilities");
    assertThat(signature.outputs(0).tensorIndex()).isEqualTo(model.subgraphs(0).outputs(0));
  }

  @Test
  void buffersAreAlignedAsTheSchemaAsks() {
    byte[] bytes = bytes("int8");
    Model model = Model.getRootAsModel(ByteBuffer.wrap(bytes));
    for (int b = 1; b < model.buffersLength(); b++) {
      assertThat(model.buffers(b).dataAsByteBuffer().position() % 16).isZero();
    }
  }

  @Test
  void int8RunsOnXnnpackButForTheBytes() {
    try (LiteInterpreter lite = LiteInterpreter.open("int8", bytes("int8"), 1)) {
      assertThat(lite.steps()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void aWeightThatFloat16CannotSayIsRefused() {
    NetworkWeights weights = Samples.weights(NETWORK, new SplittableRandom(1));
    weights.get(6, 1, NetworkWeights.Part.BIAS)[0] = 70_000;
    assertThatThrownBy(() -> NetworkFormats.named("fp16").write(deployable(weights), List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("number 70000.0 of logits/bias does not fit into float16");
  }

  @Test
  void anUnknownFormatIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> NetworkFormats.named("coreml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("format 'coreml' is not known. Known are: fp16, int8, ");
  }

  @Test
  void aFileWithoutLabelsIsRefused() throws IOException {
    InferenceGraph graph = Lowering.of(NETWORK, WEIGHTS, Samples.NORMALIZATION);
    Path bare = folder.resolve("bare.tflite");
    Files.write(bare, new LiteWriter(graph, new FloatEncoding()).bytes(graph.output()));
    assertThatThrownBy(() -> NetworkFormats.named("tflite").open(bare))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(bare + " has no labels.txt packed with it. Give a file that 'export' wrote.");
  }

  private double greatestDifference(String format) {
    double greatest = 0;
    try (LoadedModel tensorFlow = tensorFlow();
        ImageModel model = open(format)) {
      float[][] expected = tensorFlow.probabilities(PIXELS, IMAGES);
      float[][] actual = model.probabilities(PIXELS, IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        for (int c = 0; c < expected[i].length; c++) {
          greatest = Math.max(greatest, Math.abs(expected[i][c] - actual[i][c]));
        }
      }
    }
    return greatest;
  }

  private LoadedModel tensorFlow() {
    return Samples.inTensorFlow(NETWORK, WEIGHTS, Samples.NORMALIZATION, folder);
  }

  private ImageModel open(String format) {
    return NetworkFormats.named(format).open(file(format)).orElseThrow();
  }

  private Path file(String format) {
    try {
      return Files.write(folder.resolve(format), bytes(format));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String name) {
    NetworkFormat format = NetworkFormats.named(name);
    List<byte[]> calibration = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 32; i++) {
      calibration.add(Samples.images(random, NETWORK.input(), 1));
    }
    return format.write(deployable(WEIGHTS), format.needsCalibration() ? calibration : List.of());
  }

  private static DeployableNetwork deployable(NetworkWeights weights) {
    return new DeployableNetwork(NETWORK, weights, Samples.NORMALIZATION, Samples.CLASSES);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
