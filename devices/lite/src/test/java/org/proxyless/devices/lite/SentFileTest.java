package org.proxyless.devices.lite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.lite.file.ModelFile;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

class SentFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whatWeExportIsTaken(DeviceProfile.Precision precision) throws Exception {
    LiteDevice device = new LiteDevice();
    Path here = folder.resolve("here");
    DeviceProfile profile =
        new DeviceProfile(
            "d", DeviceProfile.Kind.CPU, DeviceProfile.Runtime.TFLITE, 1, 1, precision);
    device.exportUntrained(Samples.severed(), here, profile, new SplittableRandom(1));
    Path there = folder.resolve("there");
    device.restore(device.content(here), there);
    assertThat(Files.readAllBytes(there)).isEqualTo(Files.readAllBytes(here));
  }

  @Test
  void otherOperatorsAreRefused() {
    refused(file(BuiltinOperator.CUSTOM), "its operator CUSTOM is none of ours");
    refused(file(BuiltinOperator.WHILE), "its operator WHILE is none of ours");
    assertThatCode(() -> SentFile.requireOurs(file(BuiltinOperator.ADD)))
        .doesNotThrowAnyException();
  }

  @Test
  void whatIsNoSuchFileIsRefused() {
    refused(new byte[0], "it is no TensorFlow Lite file");
    refused("no file at all".getBytes(StandardCharsets.UTF_8), "it is no TensorFlow Lite file");
    byte[] damaged = file(BuiltinOperator.ADD);
    damaged[3] = 0x7f;
    refused(damaged, "it is damaged");
  }

  private static byte[] file(int builtin) {
    ModelFile file = new ModelFile();
    int input = file.tensor("in", TensorType.FLOAT32, null, 1);
    int output = file.tensor("out", TensorType.FLOAT32, null, 1);
    file.operator(builtin, 1, new int[] {input}, output, null);
    return file.bytes(new int[] {input}, output);
  }

  private static void refused(byte[] sent, String why) {
    assertThatThrownBy(() -> SentFile.requireOurs(sent))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(why);
  }
}
