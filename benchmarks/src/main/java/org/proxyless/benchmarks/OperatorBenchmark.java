package org.proxyless.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.tensorflow.TensorFlowRuntime;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Times one operator in the form that is deployed, without the call around it: a call costs as much
 * as several small operators, so what counts is by how much more copies of the operator lengthen
 * it. Each invocation runs a graph of one copy and one of several, so that whatever else the
 * machine does at that moment touches both.
 *
 * <p>The score is the time of such a pair. The operator's latency is (severalCopiesNanos −
 * oneCopyNanos) / invocations / (copies − 1), from the counters of an iteration.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 50, timeUnit = TimeUnit.MILLISECONDS)
public class OperatorBenchmark {
  @Param({
    "MBConv(kernel=3,expansion=6) 14x14x24->14x14x24 s1 shortcut",
    "MBConv(kernel=7,expansion=6) 14x14x24->14x14x24 s1 shortcut",
    "Conv(kernel=1) 7x7x64->7x7x256 s1",
  })
  String operator;

  @Param("5")
  int copies;

  @Param("CPU")
  DeviceProfile.Kind kind;

  @Param("1")
  int threads;

  @Param("1")
  int batch;

  private TFloat32 input;
  private Copies one;
  private Copies several;

  /** The time that went into each of the two graphs in an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times {
    public long oneCopyNanos;
    public long severalCopiesNanos;
    public long invocations;
  }

  @Setup
  public void load() {
    RandomGenerator random = new SplittableRandom(1);
    Operator parsed = Operator.ofKey(operator);
    DeviceProfile profile =
        new DeviceProfile(
            "jmh",
            kind,
            DeviceProfile.Runtime.TENSORFLOW,
            threads,
            batch,
            DeviceProfile.Precision.FLOAT32);
    input = randomInput(parsed.input(), random);
    one = new Copies(CopiesGraph.of(parsed, 1, random), profile);
    several = new Copies(CopiesGraph.of(parsed, copies, random), profile);
  }

  @TearDown
  public void close() {
    several.runtime.close();
    one.runtime.close();
    input.close();
  }

  @Benchmark
  public void operator(Times times) {
    long start = System.nanoTime();
    one.run(input);
    long between = System.nanoTime();
    several.run(input);
    long end = System.nanoTime();
    times.oneCopyNanos += between - start;
    times.severalCopiesNanos += end - between;
    times.invocations++;
  }

  /** Random because zeros are quicker: the products of denormal or zero weights cost otherwise. */
  private TFloat32 randomInput(Shape shape, RandomGenerator random) {
    float[] values = new float[(int) (batch * shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return TFloat32.tensorOf(
        org.tensorflow.ndarray.Shape.of(batch, shape.height(), shape.width(), shape.channels()),
        DataBuffers.of(values, true, false));
  }

  /** A loaded graph and the nodes to ask it for. */
  private record Copies(TensorFlowRuntime runtime, List<String> outputs) {
    Copies(CopiesGraph graph, DeviceProfile profile) {
      this(TensorFlowRuntime.load(graph.definition(), profile), graph.outputs());
    }

    void run(TFloat32 input) {
      runtime.runTo(outputs, CopiesGraph.INPUT, input);
    }
  }
}
