package org.proxyless.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.proxyless.devices.DeviceProfile;

/** What all benchmarks of a device share: how the device is used, and blocks of a given time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 20)
public abstract class DeviceBenchmark {
  @Param("CPU")
  DeviceProfile.Kind kind;

  @Param("TENSORFLOW")
  DeviceProfile.Runtime runtime;

  @Param("FLOAT32")
  DeviceProfile.Precision precision;

  @Param("1")
  int threads;

  @Param("1")
  int batch;

  @Param("20")
  int blockMillis;

  final DeviceProfile profile() {
    return new DeviceProfile("jmh", kind, runtime, threads, batch, precision);
  }
}
