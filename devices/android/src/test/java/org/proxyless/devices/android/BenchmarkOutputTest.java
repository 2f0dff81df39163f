package org.proxyless.devices.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.devices.DeviceFailedException;

class BenchmarkOutputTest {
  /** TensorFlow issue 42507. */
  private static final String OF_2020 =
      """
      STARTING!
      Log parameter values verbosely: [0]
      Num threads: [4]
      Loaded model /data/local/tmp/espcn_harmonic_2x_slim_w_cl.tflite
      The input model file size (MB): 0.004448
      Initialized session in 0.855ms.
      Running benchmark for at least 1 iterations and at least 0.5 seconds but terminate if exceeding 150 seconds.
      count=15 first=49060 curr=33682 min=32825 max=49060 avg=34825.1 std=3930

      Running benchmark for at least 50 iterations and at least 1 seconds but terminate if exceeding 150 seconds.
      count=50 first=32891 curr=33978 min=32641 max=34005 avg=33209.4 std=450

      Inference timings in us: Init: 855, First inference: 49060, Warmup (avg): 34825.1, Inference (avg): 33209.4
      Note: as the benchmark tool itself affects memory footprint, the following is only APPROXIMATE to the actual memory footprint of the model at runtime. Take the information at your discretion.
      Peak memory footprint (MB): init=0 overall=12.8672
      """;

  private static final String WITH_XNNPACK =
      """
      INFO: STARTING!
      INFO: Created TensorFlow Lite XNNPACK delegate for CPU.
      VERBOSE: Replacing 58 out of 60 node(s) with delegate (TfLiteXNNPackDelegate) node, yielding 3 partitions for the whole graph.
      INFO: Explicitly applied XNNPACK delegate, and the model graph will be partially executed by the delegate w/ 2 delegate kernels.
      INFO: Initialized session in 3.337ms.
      INFO: count=9 first=81913 curr=55502 min=55502 max=81913 avg=58984.7 std=8115
      INFO: count=1061 first=56576 curr=56299 min=54669 max=60236 avg=56265.8 std=982 p5=54900 median=56190 p95=57900
      INFO: Inference timings in us: Init: 3337, First inference: 81913, Warmup (avg): 58984.7, Inference (avg): 56265.8
      """;

  @Test
  void theLastLineOfCountsIsOfWhatWasTimed() {
    BenchmarkOutput output = BenchmarkOutput.of(OF_2020);
    assertThat(output.calls()).isEqualTo(50);
    assertThat(output.minMicros()).isEqualTo(32641);
    assertThat(output.typicalMicros()).isEqualTo(33209.4);
    assertThat(output.tailMicros()).isEqualTo(33209.4 + 1.645 * 450, within(1e-6));
    assertThat(output.isSteady()).isTrue();
    assertThat(output.of(Delegate.XNNPACK)).isEmpty();
  }

  @Test
  void percentilesCountWhereTheyAreTold() {
    BenchmarkOutput output = BenchmarkOutput.of(WITH_XNNPACK);
    assertThat(output.typicalMicros()).isEqualTo(56190);
    assertThat(output.tailMicros()).isEqualTo(57900);
  }

  @Test
  void operatorsThatADelegateLeavesAreCounted() {
    BenchmarkOutput.Delegated said =
        BenchmarkOutput.of(WITH_XNNPACK).of(Delegate.XNNPACK).orElseThrow();
    assertThat(said.taken()).hasValue(58);
    assertThat(said.left()).hasValue(2);
    assertThat(BenchmarkOutput.of(WITH_XNNPACK).of(Delegate.GPU)).isEmpty();
  }

  @Test
  void whatXnnpackTakesOfTheRestIsNotWhatTheGpuTook() {
    BenchmarkOutput output =
        BenchmarkOutput.of(
            """
            ERROR: Following operations are not supported by GPU delegate:
            CAST: Not supported cast case.
            63 operations will run on the GPU, and the remaining 1 operations will run on the CPU.
            Replacing 1 out of 2 node(s) with delegate (TfLiteXNNPackDelegate) node, yielding 2 partitions for the whole graph.
            INFO: Explicitly applied GPU delegate, and the model graph will be partially executed by the delegate w/ 1 delegate kernels.
            """
                + OF_2020);
    assertThat(output.of(Delegate.GPU).orElseThrow().left()).hasValue(1);
  }

  @Test
  void withoutNumbersAWholeGraphIsToldFromAPart() {
    assertThat(delegated("completely executed by the delegate.").left()).hasValue(0);
    BenchmarkOutput.Delegated part =
        delegated("partially executed by the delegate w/ 3 delegate kernels.");
    assertThat(part.left()).isEmpty();
    assertThat(part.kernels()).hasValue(3);
    BenchmarkOutput.Delegated none =
        BenchmarkOutput.of(
                "Though NNAPI delegate is explicitly applied, the model graph will not be executed"
                    + " by the delegate.\n"
                    + OF_2020)
            .of(Delegate.NNAPI)
            .orElseThrow();
    assertThat(none.left()).isEmpty();
    assertThat(none.kernels()).hasValue(0);
  }

  private static BenchmarkOutput.Delegated delegated(String end) {
    return BenchmarkOutput.of(
            "INFO: Explicitly applied XNNPACK delegate, and the model graph will be "
                + end
                + "\n"
                + OF_2020)
        .of(Delegate.XNNPACK_FP16)
        .orElseThrow();
  }

  @Test
  void theOldestOutputIsRead() {
    BenchmarkOutput output =
        BenchmarkOutput.of(
            """
            count=7 first=127425 curr=66709 min=66709 max=127425 avg=76605.9 std=20944
            count=15 first=66753 curr=66800 min=66699 max=66838 avg=66767.6 std=39
            Average inference timings in us: Warmup: 76605.9, Init: 9933, no stats: 66767.6
            """);
    assertThat(output.typicalMicros()).isEqualTo(66767.6);
  }

  @Test
  void theNewestLineOfCountsIsRead() {
    BenchmarkOutput output =
        BenchmarkOutput.of(
            """
            INFO: [litert/tools/benchmark.cc:1] Timings (microseconds): count=7 first=120 curr=90 min=90 max=120 avg=96.1 std=9
            INFO: [litert/tools/benchmark.cc:1] Timings (microseconds): count=1200 first=91 curr=90 min=88 max=1.2e+03 avg=90.4 std=2
            """);
    assertThat(output.calls()).isEqualTo(1200);
    assertThat(output.typicalMicros()).isEqualTo(90.4);
  }

  @Test
  void callsThatAllTookTheSameHaveNoMinimum() {
    BenchmarkOutput output =
        BenchmarkOutput.of(
            """
            count=3 curr=31(all same)
            count=4 curr=33(all same)
            Inference timings in us: Init: 855, First inference: 31, Warmup (avg): 31, Inference (avg): 33
            """);
    assertThat(output.typicalMicros()).isEqualTo(33);
    assertThat(output.isSteady()).isTrue();
  }

  @Test
  void callsThatDifferAreNotSteady() {
    assertThat(BenchmarkOutput.of(OF_2020.replace("std=450", "std=4500")).isSteady()).isFalse();
    assertThat(BenchmarkOutput.of(OF_2020.replace("min=32641", "min=22641")).isSteady()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Segmentation fault",
        // It ended within the warm-up.
        "count=15 first=49060 curr=33682 min=32825 max=49060 avg=34825.1 std=3930",
        "count=5 first=1 curr=1 min=1\nInference timings in us: none",
        "count=0\ncount=0",
        "count=5 min=1 avg=- std=e\ncount=5 min=1 avg=- std=e",
      })
  void otherOutputIsOneLine(String text) {
    assertThatThrownBy(() -> BenchmarkOutput.of(text))
        .isInstanceOf(DeviceFailedException.class)
        .hasMessageStartingWith("benchmark_model said no latency that is understood")
        .hasMessageNotContaining("\n");
  }
}
