package org.proxyless.benchmarks;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.tensorflow.types.TUint8;

/**
 * Times single calls of an exported network, from bytes to probabilities. Needs {@code -p
 * model=FOLDER} when run by JMH's own main.
 */
public class NetworkBenchmark extends DeviceBenchmark {
  @Param("")
  String model;

  /** The operators of the reference; empty if there is none. */
  @Param("")
  String context;

  @Param("3000")
  int warmUpMillis;

  private LoadedModel loaded;
  private TUint8 images;
  private Turns reference;
  private Cycles cycles;

  @Setup
  public void load() {
    SplittableRandom random = new SplittableRandom(1);
    loaded = LoadedModel.open(Path.of(model), profile());
    byte[] pixels = new byte[(int) (batch * loaded.imageShape().elements())];
    random.nextBytes(pixels);
    images = loaded.tensor(pixels, batch);
    if (!context.isEmpty()) {
      reference = Turns.load(Turns.operators(context), profile(), random);
    }
    cycles = new Cycles(this::call, reference == null ? () -> {} : reference::run);
    cycles.warmUp(TimeUnit.MILLISECONDS.toNanos(warmUpMillis));
  }

  @TearDown
  public void close() {
    images.close();
    loaded.close();
    if (reference != null) {
      reference.close();
    }
  }

  @Benchmark
  public void block(CallMedians medians) {
    cycles.block(blockMillis, medians);
  }

  private void call() {
    loaded.call(images).close();
  }
}
