package org.proxyless.devices.lite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.format.NetworkFormats;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;

/** The files in another's hands. */
class PythonTest {
  private static final int IMAGES = 5;
  private static final int NO_RUNTIME = 3;
  private static final Network NETWORK = Samples.network();
  @TempDir Path folder;

  /** Kernels for int8 differ between versions by a step here and there. */
  @ParameterizedTest
  @CsvSource({"tflite, 1e-4", "fp16, 1e-4", "int8, 2e-2"})
  void pythonGivesTheSameNumbers(String name, double tolerance) throws Exception {
    byte[] pixels = Samples.images(new SplittableRandom(2), NETWORK.input(), IMAGES);
    Path images = Files.write(folder.resolve("images"), pixels);
    NetworkFormat format = NetworkFormats.named(name);
    Path file = Files.write(folder.resolve(name), bytes(format));

    List<String> lines = python("run_tflite.py", file, images);

    try (ImageModel model = format.open(file).orElseThrow()) {
      float[][] expected = model.probabilities(pixels, IMAGES);
      assertThat(lines).hasSize(IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        double[] actual =
            Arrays.stream(lines.get(i).split(" ")).mapToDouble(Double::parseDouble).toArray();
        for (int c = 0; c < expected[i].length; c++) {
          assertThat(actual[c]).isCloseTo(expected[i][c], within(tolerance));
        }
      }
    }
  }

  @Test
  void theScriptIsFreeOfSyntaxErrors() throws Exception {
    assertThat(python("-c", "print(1)")).containsExactly("1");
    Path script = script("run_tflite.py");
    assertThat(python("-m", "py_compile", script.toString())).isEmpty();
  }

  private List<String> python(String script, Path file, Path images) throws Exception {
    return python(script(script).toString(), file.toString(), images.toString());
  }

  private Path script(String name) throws IOException {
    byte[] content = PythonTest.class.getResourceAsStream(name).readAllBytes();
    return Files.write(folder.resolve(name), content);
  }

  private static List<String> python(String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of("python3"), Stream.of(arguments)).toList();
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      return abort("there is no python3 here");
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    if (exitCode == NO_RUNTIME) {
      return abort("python3 has none of ai_edge_litert, tflite_runtime, tensorflow");
    }
    assertThat(exitCode).isZero();
    return out.lines().toList();
  }

  private static byte[] bytes(NetworkFormat format) {
    NetworkWeights weights = Samples.weights(NETWORK, new SplittableRandom(1));
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> calibration =
        Stream.generate(() -> Samples.images(random, NETWORK.input(), 1)).limit(32).toList();
    return format.write(
        new DeployableNetwork(NETWORK, weights, Samples.NORMALIZATION, Samples.CLASSES),
        calibration);
  }
}
