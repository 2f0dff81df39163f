package org.proxyless.benchmarks;

import java.nio.file.Path;
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
import org.proxyless.devices.tensorflow.LoadedModel;
import org.tensorflow.types.TUint8;

/**
 * Times single calls of an exported network, from bytes to probabilities. Needs {@code -p
 * model=FOLDER} when run by JMH's own main.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class NetworkBenchmark {
  @Param("")
  String model;

  @Param("CPU")
  DeviceProfile.Kind kind;

  @Param("1")
  int threads;

  @Param("1")
  int batch;

  @Param("3000")
  int warmUpMillis;

  private LoadedModel loaded;
  private TUint8 images;

  @Setup
  public void load() {
    loaded =
        LoadedModel.open(
            Path.of(model),
            new DeviceProfile(
                "jmh",
                kind,
                DeviceProfile.Runtime.TENSORFLOW,
                threads,
                batch,
                DeviceProfile.Precision.FLOAT32));
    byte[] pixels = new byte[(int) (batch * loaded.imageShape().elements())];
    new SplittableRandom(1).nextBytes(pixels);
    images = loaded.tensor(pixels, batch);
    CallTimer.warmUp(this::call, TimeUnit.MILLISECONDS.toNanos(warmUpMillis));
  }

  @TearDown
  public void close() {
    images.close();
    loaded.close();
  }

  @Benchmark
  public void call() {
    loaded.call(images).close();
  }
}
