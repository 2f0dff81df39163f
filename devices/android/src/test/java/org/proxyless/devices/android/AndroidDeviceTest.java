package org.proxyless.devices.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceFailedException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.LinkedCall;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "adb is played by a shell script")
class AndroidDeviceTest {
  private static final List<Operator> OPERATORS =
      List.of(
          Operator.ofKey("Conv(kernel=3) 8x8x3->8x8x16 s1"),
          Operator.ofKey("MBConv(kernel=3,expansion=3) 8x8x16->8x8x16 s1 shortcut"));

  @TempDir Path folder;
  private final AndroidDevice device = new AndroidDevice();
  private ScriptedPhone phone;

  @BeforeEach
  void connect() {
    phone = new ScriptedPhone(folder);
  }

  @Test
  void itIsFoundAndTellsThePhoneFromOthers() {
    assertThat(DeviceRuntimes.of(phone.profile())).isInstanceOf(AndroidDevice.class);
    assertThat(MachineFingerprint.of(phone.profile()).facts())
        .containsEntry("phone", "Google Pixel 6")
        .containsEntry("processor", "GS101 oriole")
        .containsEntry("android", "14 11049296")
        .containsEntry("cores", "4-7 at most 2802 MHz")
        .containsEntry("governor", "sched_pixel")
        .containsEntry("delegate", "xnnpack")
        .containsKey("benchmark-model")
        .doesNotContainKey("memory");
  }

  @Test
  void operatorsAreTimedOnTheCoresThatAreAskedForAndNothingIsLeftBehind() {
    try (LinkedCall call = operators(phone.profile())) {
      LinkedCall.Times times = call.times(500, note -> {});
      assertThat(times.calls()).isEqualTo(40);
      assertThat(times.steady()).isTrue();
      assertThat(times.typicalNanos()).isGreaterThan(100_000);
      assertThat(phone.files()).containsExactlyInAnyOrder("benchmark_model", "0.tflite");
    }
    assertThat(phone.files()).isNull();
    assertThat(phone.log())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "-s 0A1B2C shell taskset f0 /data/local/tmp/proxyless/benchmark_model"
                            + " --graph=/data/local/tmp/proxyless/0.tflite --num_threads=1"
                            + " --num_runs=3 --min_secs=0.500 --warmup_runs=1"
                            + " --warmup_min_secs=0.250 --use_xnnpack=true 2>&1"));
  }

  @Test
  void theProgramIsCopiedOnceForSeveralFiles() {
    try (LinkedCall first = operators(phone.profile())) {
      operators(phone.profile()).close();
      first.run();
      assertThat(phone.files()).containsExactlyInAnyOrder("benchmark_model", "0.tflite");
    }
    assertThat(phone.log().stream().filter(line -> line.contains("push"))).hasSize(3);
  }

  @Test
  void networksAndTheCallAreTimedThoughTheirBytesAreConverted() throws Exception {
    phone.write(
        "delegate",
        "Replacing 6 out of 7 node(s) with delegate (TfLiteXNNPackDelegate) node, yielding 2"
            + " partitions for the whole graph.\n");
    Path model = folder.resolve("network.tflite");
    DeviceProfile profile = phone.profile();
    device.exportUntrained(network(), model, profile, new SplittableRandom(1));
    assertThat(Files.size(model)).isPositive();
    try (LinkedCall call = device.exported(model, profile, new SplittableRandom(1));
        LinkedCall without =
            device.withoutOperators(new Shape(8, 8, 3), 10, profile, new SplittableRandom(1))) {
      assertThat(call.times(500, note -> {}).typicalNanos())
          .isGreaterThan(without.times(500, note -> {}).typicalNanos());
    }
  }

  @Test
  void precisionsAndDelegatesAreFlagsAndFiles() {
    assertThat(device.format(phone.profile())).contains("tflite");
    phone.write(
        "delegate",
        "Explicitly applied XNNPACK delegate, and the model graph will be completely executed by"
            + " the delegate.\n");
    try (LinkedCall call = operators(phone.profile("delegate=xnnpack-fp16"))) {
      call.times(500, note -> {});
    }
    try (LinkedCall call = operators(phone.profile("delegate=none"))) {
      call.times(500, note -> {});
    }
    assertThat(phone.log()).anyMatch(line -> line.contains("--xnnpack_force_fp16=true"));
    assertThat(phone.log()).anyMatch(line -> line.contains("--use_xnnpack=false"));
  }

  @Test
  void aWarmPhoneIsSaidToBeWarm() {
    phone.write("thermal", "Thermal Status: 3\nproxyless-exit=0\n");
    List<String> notes = new ArrayList<>();
    try (LinkedCall call = operators(phone.profile("cool-down-seconds=0"))) {
      refusing(() -> call.times(500, notes::add))
          .hasMessageContaining("still has no temperature, throttled (thermal status 3) after 0 s");
    }
    assertThat(notes).hasSize(1);
    assertThat(phone.files()).isNull();
  }

  @Test
  void aPhoneWithoutThermometerIsSaidToHaveNone() {
    phone.write("thermal", "proxyless-exit=0\n");
    List<String> notes = new ArrayList<>();
    try (LinkedCall call = operators(phone.profile())) {
      call.times(500, notes::add);
      call.times(500, notes::add);
    }
    assertThat(notes)
        .containsExactly("phone '0A1B2C' tells no temperature: it is measured as it is");
  }

  @Test
  void withoutAdbThereIsNoPhone() {
    refusing(() -> device.require(phone.profile("adb=/nowhere/adb")))
        .hasMessageStartingWith("adb cannot be run as '/nowhere/adb' (")
        .hasMessageContaining("Install Android's platform tools");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                          | needs an Android phone and adb sees none",
        "0A1B2C unauthorized         | phone '0A1B2C' has not authorised this machine",
        "0A1B2C offline              | phone '0A1B2C' is offline",
        "0A1B2C no permissions (udev)| may not be used by this user (no permissions (udev))",
        "0A1B2C recovery             | is in state 'recovery'",
        "A device/B device           | adb sees 2 devices (A, B) and device 'pixel' does not say which",
      })
  void aPhoneMustBeThereAndReady(String devices, String message) {
    phone.write("devices", devices.replace('/', '\n').replaceFirst(" ", "\t") + "\n");
    refusing(() -> device.require(phone.profile())).hasMessageContaining(message);
  }

  @Test
  void thePhoneThatIsNamedIsTakenAmongSeveral() {
    phone.write("devices", "A\tdevice\nB\tunauthorized\n");
    device.require(phone.profile("serial=A"));
    refusing(() -> device.require(phone.profile("serial=B"))).hasMessageContaining("authorised");
    refusing(() -> device.require(phone.profile("serial=C")))
        .hasMessageContaining("phone 'C' of device 'pixel' is not connected; adb sees A, B.");
  }

  @Test
  void aFullPhoneIsRefused() {
    phone.write("full", "");
    refusing(() -> operators(phone.profile()))
        .hasMessageContaining(
            "phone '0A1B2C' has no space left for /data/local/tmp/proxyless/benchmark_model");
    assertThat(phone.files()).isNull();
  }

  @Test
  void aProgramForAnotherProcessorIsRefused() throws Exception {
    phone.write("facts", "abis=armeabi-v7a,armeabi\nproxyless-exit=0\n");
    refusing(() -> device.require(phone.profile()))
        .hasMessageContaining("is built for arm64-v8a; phone '0A1B2C' runs armeabi-v7a, armeabi.");
    phone.write("benchmark_model", "#!/bin/sh and more than twenty bytes");
    refusing(() -> device.require(phone.profile())).hasMessageContaining("no program for Android");
    Files.delete(folder.resolve("benchmark_model"));
    refusing(() -> device.require(phone.profile())).hasMessageContaining("cannot be read");
  }

  @Test
  void aProgramThatFailsIsRefused() {
    phone.write(
        "broken",
        "/system/bin/sh: /data/local/tmp/proxyless/benchmark_model: not executable: 64-bit ELF"
            + " file\nproxyless-exit=126\n");
    try (LinkedCall call = operators(phone.profile())) {
      refusing(() -> call.times(500, note -> {}))
          .hasMessageContaining("benchmark_model failed on phone '0A1B2C'")
          .hasMessageContaining("not executable: 64-bit ELF file");
    }
  }

  @Test
  void outputThatIsNotUnderstoodIsNoMistakeOfTheUser() {
    phone.write("broken", "hello\nproxyless-exit=0\n");
    try (LinkedCall call = operators(phone.profile())) {
      assertThatThrownBy(() -> call.times(500, note -> {}))
          .isInstanceOf(DeviceFailedException.class)
          .hasMessageContaining("it ended with: hello");
    }
  }

  @Test
  void aPhoneThatIsUnpluggedIsSaidToBeGone() {
    try (LinkedCall call = operators(phone.profile())) {
      phone.write("broken", "error: device '0A1B2C' not found\n");
      refusing(() -> call.times(500, note -> {}))
          .hasMessageContaining("does not answer any more (error: device '0A1B2C' not found)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Replacing 6 out of 8 node(s) with delegate (TfLiteXNNPackDelegate) node | leaves 2 of 8"
            + " operators to other kernels",
        "Explicitly applied XNNPACK delegate, and the model graph will be partially executed by the"
            + " delegate w/ 1 delegate kernels. | leaves some of the operators",
        "Though XNNPACK delegate is explicitly applied, the model graph will not be executed by the"
            + " delegate. | leaves some of the operators",
        "nothing | does not say whether it was used",
      })
  void aDelegateThatLeavesOperatorsIsRefusedForThem(String said, String message) {
    phone.write("delegate", said + "\n");
    try (LinkedCall call = operators(phone.profile())) {
      refusing(() -> call.times(500, note -> {}))
          .hasMessageContaining("on phone '0A1B2C' delegate xnnpack " + message)
          .hasMessageContaining("in 'Conv(kernel=3) 8x8x3->8x8x16 s1'");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cores=f0                    | has android.cores 'f0'; it must name cores from 0",
        "cores=                      | key 'android.cores' is missing",
        "delegate=hexagon            | android.delegate 'hexagon'; it must be one of xnnpack, xnnpack-fp16, gpu, nnapi, none",
        "delegate=gpu                | a phone with delegate gpu is measured as a GPU",
        "max-temperature-celsius=hot | it must be a number from 10 to 110",
        "cool-down-seconds=-1        | it must be a number from 0 to 3600",
        "sreial=X                    | has unknown key 'sreial'; it must be one of adb, serial",
      })
  void aBadSettingIsOneLine(String change, String message) {
    refusing(() -> device.require(phone.profile(change)))
        .hasMessageContaining("device 'pixel'")
        .hasMessageContaining(message);
  }

  private LinkedCall operators(DeviceProfile profile) {
    return device.operators(OPERATORS, profile, new SplittableRandom(1));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refusing(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageNotContaining("\n");
  }

  private static Network network() {
    Shape map = new Shape(8, 8, 16);
    return new Network(
        "net",
        List.of(
            OPERATORS.get(0), OPERATORS.get(1), new Operator(new Classifier(), map, 10, 1, false)));
  }
}
