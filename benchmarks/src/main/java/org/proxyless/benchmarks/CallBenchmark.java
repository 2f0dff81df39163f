package org.proxyless.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.TensorFlowRuntime;
import org.proxyless.latency.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TUint8;

/**
 * Times what a call of a deployed network costs besides its operators: feeding bytes, normalising
 * them, the softmax, fetching the probabilities, and TensorFlow's own work around them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 50, timeUnit = TimeUnit.MILLISECONDS)
public class CallBenchmark {
  @Param("28")
  int height;

  @Param("28")
  int width;

  @Param("1")
  int channels;

  @Param("10")
  int classes;

  @Param("CPU")
  DeviceProfile.Kind kind;

  @Param("1")
  int threads;

  @Param("1")
  int batch;

  private TensorFlowRuntime runtime;
  private TUint8 images;

  @Setup
  public void load() {
    Shape image = new Shape(height, width, channels);
    DeviceProfile profile =
        new DeviceProfile(
            "jmh",
            kind,
            DeviceProfile.Runtime.TENSORFLOW,
            threads,
            batch,
            DeviceProfile.Precision.FLOAT32);
    byte[] pixels = new byte[(int) (batch * image.elements())];
    new SplittableRandom(1).nextBytes(pixels);
    runtime =
        TensorFlowRuntime.load(DeployedGraph.withoutOperators(image, batch, classes), profile);
    images =
        TUint8.tensorOf(
            org.tensorflow.ndarray.Shape.of(batch, height, width, channels),
            DataBuffers.of(pixels, true, false));
  }

  @TearDown
  public void close() {
    images.close();
    runtime.close();
  }

  @Benchmark
  public void call() {
    runtime
        .run(DeployedGraph.IMAGES, images, DeployedGraph.PROBABILITIES, DeployedGraph.NORMALIZED)
        .close();
  }
}
