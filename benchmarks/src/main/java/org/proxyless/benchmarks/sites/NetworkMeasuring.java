package org.proxyless.benchmarks.sites;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.proxyless.benchmarks.jmh.NetworkBenchmark;
import org.proxyless.benchmarks.process.MeasuringChild;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.tables.NetworkTimer;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntime;
import org.proxyless.devices.DeviceRuntimes;

/** The measuring process of {@link NetworkTimer}. */
public final class NetworkMeasuring {
  /** Until the processor has its clock and Java its code. */
  private static final int FIRST_WARM_UP_MILLIS = 2000;

  private static final int WARM_UP_MILLIS = 500;

  private NetworkMeasuring() {}

  /**
   * How a network is timed.
   *
   * @param reference keys of the operators that are timed beside it; empty for none
   * @param blocks how many blocks of calls
   * @param blockMillis duration of a block
   */
  public record Setup(DeviceProfile profile, List<String> reference, int blocks, int blockMillis) {}

  /**
   * What is asked for.
   *
   * @param model the file or folder that an export wrote for the profile's runtime
   */
  record Request(Setup setup, String model) {}

  /**
   * What came out.
   *
   * @param referenceNanos the reference's time beside it
   * @param relativeStandardError of the latency as a multiple of the reference's, as a share
   */
  public record Answer(
      NetworkMeasurement network, double referenceNanos, double relativeStandardError) {}

  public static void main(String[] arguments) throws Exception {
    MeasuringChild.serve(Request.class, NetworkMeasuring::measure);
  }

  private static Answer measure(Request request, MeasuringProgress progress)
      throws RunnerException {
    // Before JMH, which would wrap what is wrong with the folder or the device.
    DeviceProfile profile = request.setup().profile();
    DeviceRuntime runtime = DeviceRuntimes.of(profile);
    runtime.require(profile);
    runtime.exported(Path.of(request.model()), profile, new SplittableRandom(1)).close();
    Sittings sittings = new Sittings(!request.setup().reference().isEmpty());
    while (!sittings.suffice()) {
      progress.measuring(sittings.count(), Sittings.MOST, request.model());
      sittings.add(MeasuringChild.blocks(sitting(request, sittings.count() == 0)));
    }
    return sittings.answer();
  }

  private static RunResult sitting(Request request, boolean first) throws RunnerException {
    return MeasuringChild.run(
        MeasuringChild.jmh(
                NetworkBenchmark.class, request.setup().profile(), request.setup().reference())
            .measurementIterations(request.setup().blocks())
            .param("blockMillis", String.valueOf(request.setup().blockMillis()))
            .param("warmUpMillis", String.valueOf(first ? FIRST_WARM_UP_MILLIS : WARM_UP_MILLIS))
            .param("model", request.model()));
  }
}
