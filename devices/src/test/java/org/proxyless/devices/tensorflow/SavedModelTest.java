package org.proxyless.devices.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.NetworkWeights;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

class SavedModelTest {
  private static final int IMAGES = 3;
  private final NetworkWeights weights = Samples.weights(new SplittableRandom(1));
  private final byte[] pixels = Samples.images(new SplittableRandom(2), IMAGES);
  @TempDir Path folder;

  @Test
  void aFreshProcessComputesTheProbabilitiesOfTheNetworkBeforeFolding() throws Exception {
    Path model = write("model");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FreshProcess.class.getName(),
                model.toString(),
                Base64.getEncoder().encodeToString(pixels))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = process.inputReader().lines().toList();

    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      double[] expected = softmax(plainLogits(i));
      String[] found = lines.get(i).split(" ", -1);
      for (int c = 0; c < expected.length; c++) {
        assertThat(Double.parseDouble(found[c])).isCloseTo(expected[c], within(1e-4));
      }
    }
  }

  /** What the fresh process runs: prints a line of probabilities for each image. */
  static final class FreshProcess {
    public static void main(String[] arguments) {
      byte[] pixels = Base64.getDecoder().decode(arguments[1]);
      try (LoadedModel model = LoadedModel.open(Path.of(arguments[0]), Samples.CPU)) {
        for (float[] row : model.probabilities(pixels, IMAGES)) {
          StringBuilder line = new StringBuilder();
          for (float probability : row) {
            line.append(probability).append(' ');
          }
          System.out.println(line.toString().trim());
        }
      }
    }
  }

  @Test
  void foldingKeepsTheLogits() throws IOException {
    try (LoadedModel model = LoadedModel.open(write("model"), Samples.CPU)) {
      float[][] logits = model.logits(pixels, IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        double[] expected = plainLogits(i);
        for (int c = 0; c < expected.length; c++) {
          assertThat((double) logits[i][c])
              .isCloseTo(expected[c], within(1e-5 * Math.max(1, Math.abs(expected[c]))));
        }
      }
    }
  }

  @Test
  void theModelKnowsItsImagesAndItsClasses() throws IOException {
    try (LoadedModel model = LoadedModel.open(write("model").resolve("1"), Samples.CPU)) {
      assertThat(model.imageShape()).isEqualTo(Samples.network().input());
      assertThat(model.classNames()).isEqualTo(Samples.CLASSES);
    }
  }

  @Test
  void theLayoutIsThatOfTensorFlowServing() throws IOException {
    Path model = write("model");
    SavedModel saved =
        SavedModel.parseFrom(Files.readAllBytes(model.resolve("1").resolve("saved_model.pb")));

    MetaGraphDef graph = saved.getMetaGraphs(0);
    assertThat(graph.getMetaInfoDef().getTagsList()).containsExactly("serve");
    var signature = graph.getSignatureDefOrThrow("serving_default");
    assertThat(signature.getMethodName()).isEqualTo("tensorflow/serving/predict");
    assertThat(signature.getInputsMap()).containsOnlyKeys("images");
    assertThat(signature.getOutputsMap()).containsOnlyKeys("logits", "probabilities");
    assertThat(graph.getAssetFileDef(0).getFilename()).isEqualTo("classes.txt");
    assertThat(model.resolve("1/assets/classes.txt")).exists();
    assertThat(folder)
        .isDirectoryContaining("glob:**/model")
        .isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void anExistingFolderIsNotOverwritten() throws IOException {
    write("model");
    assertThatThrownBy(() -> write("model"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model exists");
  }

  @Test
  void aFolderThatIsNoSavedModelIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> LoadedModel.open(folder.resolve("empty"), Samples.CPU))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("empty is no SavedModel");
  }

  @Test
  void aDamagedFileIsRefusedInOneLine() throws IOException {
    Path file = write("model").resolve("1/saved_model.pb");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> LoadedModel.open(folder.resolve("model"), Samples.CPU))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot be loaded as a SavedModel")
        .hasMessageNotContaining("\n");
  }

  private Path write(String name) throws IOException {
    Path model = folder.resolve(name);
    SavedModelWriter.write(
        model,
        Samples.network(),
        DeployedGraph.of(Samples.network(), weights, Samples.NORMALIZATION),
        Samples.CLASSES);
    return model;
  }

  private double[] plainLogits(int image) {
    return new PlainNetwork(Samples.network(), weights).logits(Samples.normalized(pixels, image));
  }

  private static double[] softmax(double[] logits) {
    double sum = 0;
    double[] result = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      result[c] = Math.exp(logits[c]);
      sum += result[c];
    }
    for (int c = 0; c < logits.length; c++) {
      result[c] /= sum;
    }
    return result;
  }
}
