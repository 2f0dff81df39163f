package org.proxyless.devices.lite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.DeviceRuntime;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.LoadedCall;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.format.NetworkFormats;
import org.proxyless.devices.lite.file.ActivationRanges;
import org.proxyless.devices.lite.file.Encoding;
import org.proxyless.devices.lite.file.FloatEncoding;
import org.proxyless.devices.lite.file.Int8Encoding;
import org.proxyless.devices.lite.file.LiteWriter;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Lowering;
import org.proxyless.devices.lite.interpreter.LiteInterpreter;
import org.proxyless.network.Operator;
import org.tensorflow.lite.schema.Model;

class LiteDeviceTest {
  private static final DeviceProfile FLOAT32 = DeviceProfiles.load("local-tflite");
  private static final DeviceProfile INT8 = DeviceProfiles.load("local-tflite-int8");
  private static final List<Operator> OPERATORS =
      List.of(
          Operator.ofKey("MBConv(kernel=3,expansion=2) 7x7x8->7x7x8 s1 shortcut"),
          Operator.ofKey("Zero() 7x7x8->7x7x8 s1 shortcut"),
          Operator.ofKey("MBConv(kernel=5,expansion=1) 7x7x8->4x4x16 s2"),
          Operator.ofKey("Classifier() 4x4x16->1x1x10 s1"));
  @TempDir Path folder;

  @Test
  void theProfilesThatShipAreRunByTensorFlowLite() {
    assertThat(DeviceRuntimes.of(FLOAT32)).isInstanceOf(LiteDevice.class);
    assertThat(DeviceRuntimes.of(INT8).format(INT8)).contains("int8");
    assertThat(DeviceRuntimes.of(FLOAT32).format(FLOAT32)).contains("tflite");
    assertThat(MachineFingerprint.of(INT8).facts())
        .containsEntry("tensorflow-lite", "2.18.0 with XNNPACK")
        .doesNotContainKey("tensorflow");
  }

  @Test
  void operatorsStandInTheirOrderEachWithItsOwnWeights() {
    InferenceGraph graph = Lowering.ofOperators(OPERATORS, new SplittableRandom(1));
    byte[] file = new LiteWriter(graph, new FloatEncoding()).bytes(graph.outputs());
    Model model = Model.getRootAsModel(ByteBuffer.wrap(file));

    assertThat(graph.inputs()).as("7x7x8 and 4x4x16").hasSize(2);
    assertThat(graph.outputs()).as("Zero computes nothing").hasSize(3);
    assertThat(model.subgraphs(0).operatorsLength()).isEqualTo(4 + 2 + 2);
  }

  @Test
  void anOperatorAmongOthersComputesWhatItComputesAlone() {
    InferenceGraph graph =
        Lowering.ofOperators(List.of(OPERATORS.get(2), OPERATORS.get(0)), new SplittableRandom(1));
    InferenceGraph alone = Lowering.ofOperators(List.of(OPERATORS.get(2)), new SplittableRandom(1));
    byte[] both = new LiteWriter(graph, new FloatEncoding()).bytes(graph.outputs());
    byte[] one = new LiteWriter(alone, new FloatEncoding()).bytes(alone.outputs());
    try (LiteInterpreter together = LiteInterpreter.open("both", both, 1);
        LiteInterpreter single = LiteInterpreter.open("one", one, 1)) {
      together.fill(new SplittableRandom(2));
      single.fill(new SplittableRandom(2));
      together.run();
      single.run();
      assertThat(together.output(0)).containsExactly(single.output(0), Offset.offset(1e-5f));
      assertThat(together.output(1)).doesNotContain(Float.NaN).isNotEqualTo(new float[392]);
    }
  }

  @Test
  void operatorsOfBytesRunInOnePiece() {
    InferenceGraph graph = Lowering.ofOperators(OPERATORS, new SplittableRandom(1));
    Encoding int8 =
        new Int8Encoding(graph, ActivationRanges.ofRandom(graph, 4, new SplittableRandom(1)));
    byte[] file = new LiteWriter(graph, int8).bytes(graph.outputs());
    try (LiteInterpreter interpreter = LiteInterpreter.open("int8", file, 1)) {
      interpreter.fill(new SplittableRandom(2));
      interpreter.run();
      assertThat(interpreter.steps()).isEqualTo(1);
      for (int o = 0; o < 3; o++) {
        assertThat(interpreter.output(o)).isNotEqualTo(new float[interpreter.output(o).length]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DeviceProfile.Precision.class)
  void everythingThatIsTimedRuns(DeviceProfile.Precision precision) {
    DeviceProfile profile = profile(1, 1, precision);
    DeviceRuntime runtime = DeviceRuntimes.of(profile);
    Path file = folder.resolve("network");
    runtime.exportUntrained(Samples.network(), file, profile, new SplittableRandom(1));
    try (LoadedCall operators = runtime.operators(OPERATORS, profile, new SplittableRandom(1));
        LoadedCall call =
            runtime.withoutOperators(
                Samples.network().input(), 3, profile, new SplittableRandom(1));
        LoadedCall network = runtime.exported(file, profile, new SplittableRandom(1))) {
      assertThatCode(
              () -> {
                operators.run();
                call.run();
                network.run();
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whatIsTimedIsAFileThatClassifies() {
    Path file = folder.resolve("network-int8.tflite");
    DeviceRuntimes.of(INT8).exportUntrained(Samples.network(), file, INT8, new SplittableRandom(1));
    try (ImageModel model = NetworkFormats.open(file)) {
      assertThat(model.imageShape()).isEqualTo(Samples.network().input());
      assertThat(model.classNames()).containsExactly("class 0", "class 1", "class 2");
    }
  }

  @Test
  void batchesAreRefused() {
    DeviceProfile batches = profile(1, 8, DeviceProfile.Precision.FLOAT32);
    assertThatThrownBy(() -> DeviceRuntimes.of(batches).require(batches))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("with batches of 8; TensorFlow Lite is measured on the CPU");
  }

  @Test
  void threadsThatAreSlowerThanOneAreRefusedWithTheCause() {
    DeviceProfile two = profile(2, 1, DeviceProfile.Precision.FLOAT32);
    assertThatCode(() -> ThreadCheck.requireQuicker(two, 2e6, 1.9e6)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ThreadCheck.requireQuicker(two, 2e6, 4e8))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "device 'test' has 2 threads, which take 400.00 ms for what one does in 2.00 ms");
  }

  private static DeviceProfile profile(int threads, int batch, DeviceProfile.Precision precision) {
    return new DeviceProfile(
        "test", DeviceProfile.Kind.CPU, DeviceProfile.Runtime.TFLITE, threads, batch, precision);
  }
}
