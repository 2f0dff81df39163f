package org.proxyless.search.job.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.format.NetworkFormats;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.job.derive.FormatExport.Check;
import org.proxyless.search.job.derive.FormatExport.Exported;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.DataCard;
import org.proxyless.search.job.prepare.SearchInput;

class FormatExportTest {
  private static final Network NETWORK =
      new Network(
          "net",
          List.of(
              new Operator(new Conv(3), new Shape(14, 14, 1), 8, 2, false),
              new Operator(new MBConv(3, 2), new Shape(7, 7, 8), 8, 1, true),
              new Operator(new Classifier(), new Shape(7, 7, 8), 10, 1, false)));

  private static Dataset dataset;
  private static TrainedNetwork trained;
  @TempDir Path folder;
  private Path provenance;

  @BeforeAll
  static void untrained() {
    dataset = SearchInput.openDataset(TinySearch.settings(null, Path.of("none")).build());
    NetworkWeights weights = NetworkWeights.initial(NETWORK, new SplittableRandom(1));
    trained = new TrainedNetwork(NETWORK, weights, DataCard.of(dataset));
  }

  @AfterAll
  static void close() {
    dataset.close();
  }

  @BeforeEach
  void provenance() throws IOException {
    provenance = Files.writeString(folder.resolve("provenance.json"), "{}");
  }

  @Test
  void everyFormatLiesBesideTheSavedModelAndHasItsAccuracy() {
    FormatExport export = export(NetworkFormats.all());

    assertThat(export.savedModel()).isEqualTo(folder.resolve("net"));
    assertThat(folder.resolve("net/1/saved_model.pb")).exists();
    assertThat(export.files()).hasSameSizeAs(NetworkFormats.all()).hasSizeGreaterThanOrEqualTo(3);
    for (Exported file : export.files()) {
      assertThat(file.file()).hasParent(folder.resolve("net")).hasSize(file.bytes());
    }
    for (Exported file : export.files()) {
      if (file.format().name().equals("onnx")) {
        assertThat(file.check()).isEmpty();
      } else {
        Check check = file.check().orElseThrow();
        assertThat(check.testAccuracy()).isCloseTo(export.testAccuracy(), within(0.03));
        assertThat(check.greatestDifference())
            .isLessThanOrEqualTo(file.format().tolerance().orElse(0.05));
      }
    }
  }

  @Test
  void aFurtherFormatIsAddedToWhatIsThere() throws IOException {
    export(List.of(NetworkFormats.named("tflite")));
    byte[] before = Files.readAllBytes(folder.resolve("net/1/saved_model.pb"));
    export(List.of(NetworkFormats.named("int8")));
    assertThat(folder.resolve("net/net.tflite")).exists();
    assertThat(folder.resolve("net/net-int8.tflite")).exists();
    assertThat(folder.resolve("net/1/saved_model.pb")).hasBinaryContent(before);
  }

  @Test
  void nothingIsWrittenWhereOneOfTheFilesIsThere() throws IOException {
    Files.createDirectories(folder.resolve("net"));
    Files.writeString(folder.resolve("net/net-fp16.tflite"), "mine");
    assertThatThrownBy(
            () -> export(List.of(NetworkFormats.named("int8"), NetworkFormats.named("fp16"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "file "
                + folder.resolve("net/net-fp16.tflite")
                + " exists. Choose another folder with --out, or remove it.");
    try (Stream<Path> files = Files.list(folder.resolve("net"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileThatGivesOtherProbabilitiesDoesNotStay() {
    assertThatThrownBy(() -> export(List.of(new Uniform(NetworkFormats.named("tflite")))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("net.uniform gives probabilities that differ from the SavedModel's");
    assertThat(folder.resolve("net/net.uniform")).doesNotExist();
  }

  private FormatExport export(List<NetworkFormat> formats) {
    return FormatExport.write(trained, folder.resolve("net"), formats, dataset, provenance);
  }

  /** A format that is broken: read back, all classes are equally likely. */
  private record Uniform(NetworkFormat sound) implements NetworkFormat {
    @Override
    public String name() {
      return "uniform";
    }

    @Override
    public String description() {
      return name();
    }

    @Override
    public String suffix() {
      return ".uniform";
    }

    @Override
    public boolean needsCalibration() {
      return false;
    }

    @Override
    public OptionalDouble tolerance() {
      return OptionalDouble.of(1e-4);
    }

    @Override
    public byte[] write(DeployableNetwork network, List<byte[]> calibration) {
      return sound.write(network, calibration);
    }

    @Override
    public Optional<ImageModel> open(Path file) {
      return Optional.of(
          new ImageModel() {
            @Override
            public Shape imageShape() {
              return NETWORK.input();
            }

            @Override
            public List<String> classNames() {
              return dataset.classNames();
            }

            @Override
            public float[][] probabilities(byte[] pixels, int count) {
              float[][] probabilities = new float[count][10];
              for (float[] row : probabilities) {
                Arrays.fill(row, 0.1f);
              }
              return probabilities;
            }

            @Override
            public void close() {}
          });
    }
  }
}
