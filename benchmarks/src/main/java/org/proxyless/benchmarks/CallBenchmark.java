package org.proxyless.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.TensorFlowRuntime;
import org.proxyless.latency.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TUint8;

/**
 * Times what a call of a deployed network costs besides its operators: feeding bytes, normalising
 * them, the softmax, fetching the probabilities, and TensorFlow's own work around them.
 */
public class CallBenchmark extends DeviceBenchmark {
  private static final long WARM_UP_MILLIS = 250;

  @Param("28")
  int height;

  @Param("28")
  int width;

  @Param("1")
  int channels;

  @Param("10")
  int classes;

  /** The operators of the reference. */
  @Param(OperatorBenchmark.SOME_NEIGHBOURS)
  String context;

  private TensorFlowRuntime runtime;
  private TUint8 images;
  private Turns reference;
  private Cycles cycles;

  @Setup
  public void load() {
    Shape image = new Shape(height, width, channels);
    SplittableRandom random = new SplittableRandom(1);
    byte[] pixels = new byte[(int) (batch * image.elements())];
    random.nextBytes(pixels);
    runtime =
        TensorFlowRuntime.load(DeployedGraph.withoutOperators(image, batch, classes), profile());
    images =
        TUint8.tensorOf(
            org.tensorflow.ndarray.Shape.of(batch, height, width, channels),
            DataBuffers.of(pixels, true, false));
    reference = Turns.load(Turns.operators(context), profile(), random);
    cycles = new Cycles(this::call, reference::run);
    cycles.warmUp(TimeUnit.MILLISECONDS.toNanos(WARM_UP_MILLIS));
  }

  @TearDown
  public void close() {
    images.close();
    runtime.close();
    reference.close();
  }

  @Benchmark
  public void block(CallMedians medians) {
    cycles.block(blockMillis, medians);
  }

  private void call() {
    runtime
        .run(DeployedGraph.IMAGES, images, DeployedGraph.PROBABILITIES, DeployedGraph.NORMALIZED)
        .close();
  }
}
