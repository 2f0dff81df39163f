package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.latency.LatencyTables;
import org.proxyless.search.fixtures.Tiny;

/** The commands that measure, with a phone that a script plays. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "adb is played by a shell script")
class AndroidPhoneTest {
  private static final Path SCRIPT =
      Path.of("../../devices/android/src/test/resources/org/proxyless/devices/android/adb.sh");
  private static final byte[] ARM64_HEADER = {
    0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, (byte) 183, 0, 1, 0, 0, 0
  };

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void connect() throws IOException {
    Files.copy(SCRIPT, folder.resolve("adb"));
    assertThat(folder.resolve("adb").toFile().setExecutable(true)).isTrue();
    Files.write(folder.resolve("benchmark_model"), ARM64_HEADER);
    write("devices", "0A1B2C\tdevice\n");
    write("facts", "model=Pixel 6\nabis=arm64-v8a\nproxyless-exit=0\n");
    write("thermal", "Thermal Status: 0\nzone skin 31000\nproxyless-exit=0\n");
    write("delegate", "Replacing 8 out of 8 node(s) with delegate (TfLiteXNNPackDelegate) node\n");
    write(
        "phone.yaml",
        """
        name: pixel
        kind: cpu
        runtime: android
        threads: 1
        batch: 1
        precision: float32
        android:
          adb: %s/adb
          benchmark-model: benchmark_model
          cores: 4-7
        """
            .formatted(folder));
  }

  @Test
  void aTableIsMeasuredAndVerifiedAndANetworkIsSearchedForAndProvedOnThePhone() throws IOException {
    String table = folder.resolve("phone.table").toString();
    assertThat(
            run(
                "profile",
                "--space",
                Tiny.space().toString(),
                "--quality",
                "quick",
                "--out",
                table))
        .as(err.toString())
        .isZero();
    assertThat(LatencyTables.read(Path.of(table)).fingerprint().facts())
        .containsEntry("phone", "Pixel 6")
        .containsEntry("cores", "4-7");
    assertThat(LatencyTables.read(Path.of(table)).settings())
        .containsEntry("runtime", "android")
        .doesNotContainKey("processorMegahertz");

    assertThat(
            run(
                "profile",
                "verify",
                "--table",
                table,
                "--networks",
                "8",
                "--space",
                "" + Tiny.space()))
        .as(err.toString())
        .isZero();
    assertThat(json().get("meanAbsoluteRelativeError").doubleValue()).isLessThan(0.05);
    assertThat(json().get("drift").doubleValue()).isBetween(0.99, 1.01);

    assertThat(
            run(
                "search",
                "--table",
                table,
                "--space",
                Tiny.space().toString(),
                "--max-images",
                "600",
                "--batch-size",
                "32",
                "--warmup-epochs",
                "1",
                "--epochs",
                "2",
                "--fine-tune-epochs",
                "1",
                "--out",
                folder.resolve("run").toString()))
        .as(err.toString())
        .isZero();
    assertThat(json().get("measuredMillis").doubleValue())
        .isLessThanOrEqualTo(json().get("targetMillis").doubleValue());
    assertThat(json().get("phaseSeconds").has("prove")).isTrue();
    assertThat(folder.resolve("phone")).as("the folder on the phone").doesNotExist();
  }

  @Test
  void withoutAPhoneThereIsOneLine() throws IOException {
    write("devices", "");
    assertThat(run("profile", "--space", Tiny.space().toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: device 'pixel' needs an Android phone and adb sees none.")
        .hasLineCount(1);
  }

  @Test
  void whatIsNotUnderstoodIsOneLineToo() throws IOException {
    write("broken", "hello\nproxyless-exit=0\n");
    String table = folder.resolve("phone.table").toString();
    assertThat(run("profile", "--space", Tiny.space().toString(), "--out", table)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("error: benchmark_model said no latency that is understood")
        .hasLineCount(1);
    assertThat(folder.resolve("phone")).doesNotExist();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out.json").toFile());
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--device", folder.resolve("phone.yaml").toString()));
    all.addAll(List.of("--json", folder.resolve("out.json").toString()));
    return InProcess.run(out, err, all);
  }
}
