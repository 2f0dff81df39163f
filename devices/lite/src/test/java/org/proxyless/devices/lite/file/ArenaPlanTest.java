package org.proxyless.devices.lite.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.devices.lite.file.ArenaPlan.Use;
import org.proxyless.devices.lite.graph.FeatureMap;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Operation;
import org.proxyless.devices.lite.interpreter.NativeLite;
import org.proxyless.network.Activation;

class ArenaPlanTest {
  @Test
  void whatIsNeededAtTheSameTimeDoesNotOverlapAndNoPlanIsBetterByMuch() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 300; round++) {
      List<Use> uses = uses(random, 6);
      ArenaPlan plan = new ArenaPlan(uses);
      requireApart(uses, plan.offsets());
      long best = bestBytes(uses);
      assertThat(best).isGreaterThanOrEqualTo(ArenaPlan.mostAtOnceBytes(uses));
      assertThat(plan.peakBytes()).isBetween(best, 2 * best);
    }
  }

  @Test
  void tensorsBeginAtMultiplesOf64Bytes() {
    List<Use> uses = List.of(new Use(1, 0, 1), new Use(65, 1, 1), new Use(3, 1, 2));
    assertThat(new ArenaPlan(uses).offsets()).containsExactly(192, 0, 128);
    assertThat(new ArenaPlan(uses).peakBytes()).isEqualTo(193);
  }

  @Test
  void nothingNeedsNothing() {
    assertThat(new ArenaPlan(List.of()).peakBytes()).isZero();
    assertThat(ArenaPlan.mostAtOnceBytes(List.of())).isZero();
  }

  /** Chains of kernels that need no memory of their own, so that all in the arena is theirs. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theInterpretersArenaIsAsLargeAsThePlan(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<FeatureMap> maps = new ArrayList<>();
    List<Operation> operations = new ArrayList<>();
    int channels = 1 + random.nextInt(9);
    maps.add(new FeatureMap("input", 1, 5, 7, channels));
    for (int i = 0; i < 6; i++) {
      boolean depthwise = random.nextBoolean();
      int more = depthwise ? channels : 1 + random.nextInt(40);
      maps.add(new FeatureMap("map" + i, 1, 5, 7, more));
      operations.add(
          depthwise
              ? new Operation.DepthwiseConvolution(
                  i, i + 1, 3, 1, 1, new float[9 * more], new float[more], Activation.LINEAR)
              : new Operation.Convolution(
                  i, i + 1, 1, 1, new float[channels * more], new float[more], Activation.LINEAR));
      channels = more;
    }
    InferenceGraph graph = new InferenceGraph(maps, operations);
    LiteWriter writer = new LiteWriter(graph, new FloatEncoding());
    long planned = writer.memoryBytes(graph.output());
    assertThat(planned).isEqualTo(arenaBytes(writer.bytes(graph.output())));
    assertThat(writer.leastMemoryBytes()).isLessThanOrEqualTo(planned);
  }

  /** From the first byte of a tensor to the last, without delegates. */
  private static long arenaBytes(byte[] file) {
    NativeLite.library();
    BytePointer content = new BytePointer(file);
    FlatBufferModel model = FlatBufferModel.VerifyAndBuildFromBuffer(content, file.length);
    try (BuiltinOpResolverWithoutDefaultDelegates operators =
            new BuiltinOpResolverWithoutDefaultDelegates();
        InterpreterBuilder builder = new InterpreterBuilder(model, operators);
        Interpreter interpreter = new Interpreter((Pointer) null)) {
      assertThat(builder.apply(interpreter)).isZero();
      assertThat(interpreter.AllocateTensors()).isZero();
      long from = Long.MAX_VALUE;
      long to = 0;
      for (int t = 0; t < interpreter.tensors_size(); t++) {
        TfLiteTensor tensor = interpreter.tensor(t);
        if (tensor.allocation_type() == tensorflowlite.kTfLiteArenaRw) {
          long address = tensor.data().raw().address();
          from = Math.min(from, address);
          to = Math.max(to, address + tensor.bytes());
        }
      }
      return to - from;
    } finally {
      model.close();
      content.close();
    }
  }

  private static List<Use> uses(SplittableRandom random, int count) {
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(6);
      boolean kept = random.nextInt(5) == 0;
      uses.add(
          new Use(
              1 + random.nextInt(1000),
              first,
              kept ? ArenaPlan.NEVER_FREED : first + random.nextInt(3)));
    }
    return uses;
  }

  private static void requireApart(List<Use> uses, long[] offsets) {
    for (int a = 0; a < offsets.length; a++) {
      assertThat(offsets[a] % ArenaPlan.ALIGNMENT_BYTES).isZero();
      for (int b = 0; b < a; b++) {
        boolean apart =
            offsets[a] + uses.get(a).bytes() <= offsets[b]
                || offsets[b] + uses.get(b).bytes() <= offsets[a];
        assertThat(apart || !uses.get(a).overlaps(uses.get(b))).isTrue();
      }
    }
  }

  /** Of all orders, with each tensor at the lowest place: one of them gives the best plan. */
  private static long bestBytes(List<Use> uses) {
    return bestBytes(uses, new ArrayList<>(), new long[uses.size()], 0);
  }

  private static long bestBytes(List<Use> uses, List<Integer> placed, long[] offsets, long peak) {
    if (placed.size() == uses.size()) {
      return peak;
    }
    long best = Long.MAX_VALUE;
    for (int next = 0; next < offsets.length; next++) {
      if (!placed.contains(next)) {
        offsets[next] = lowest(uses, placed, offsets, next);
        placed.add(next);
        long end = offsets[next] + uses.get(next).bytes();
        best = Math.min(best, bestBytes(uses, placed, offsets, Math.max(peak, end)));
        placed.remove(placed.size() - 1);
      }
    }
    return best;
  }

  private static long lowest(List<Use> uses, List<Integer> placed, long[] offsets, int next) {
    long offset = 0;
    for (boolean moved = true; moved; ) {
      moved = false;
      for (int other : placed) {
        long end = offsets[other] + uses.get(other).bytes();
        boolean meets =
            uses.get(next).overlaps(uses.get(other))
                && offset < end
                && offsets[other] < offset + uses.get(next).bytes();
        if (meets) {
          offset = (end + 63) / 64 * 64;
          moved = true;
        }
      }
    }
    return offset;
  }
}
