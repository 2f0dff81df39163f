package org.proxyless.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.tensorflow.LoadedModel;

/** The measuring process of {@link NetworkTimer}. */
final class NetworkMeasuring {
  private static final double MICROS_A_MILLI = 1e3;
  private static final double NANOS_A_MICRO = 1e3;

  private NetworkMeasuring() {}

  /**
   * What is asked for.
   *
   * @param model folder of a SavedModel
   * @param blocks how many blocks of calls
   * @param blockMillis duration of a block
   */
  record Request(DeviceProfile profile, String model, int blocks, int blockMillis) {}

  public static void main(String[] arguments) throws Exception {
    MeasuringChild.serve(Request.class, NetworkMeasuring::measure);
  }

  private static NetworkMeasurement measure(Request request, MeasuringProgress progress)
      throws RunnerException {
    progress.measuring(0, 1, request.model());
    DeviceProfile profile = request.profile();
    // Before JMH, which would wrap what is wrong with the folder or the device.
    LoadedModel.open(Path.of(request.model()), profile).close();
    RunResult result =
        MeasuringChild.run(
            MeasuringChild.jmh(NetworkBenchmark.class)
                .measurementIterations(request.blocks())
                .measurementTime(TimeValue.milliseconds(request.blockMillis()))
                .param("model", request.model())
                .param("kind", profile.kind().name())
                .param("threads", String.valueOf(profile.threads()))
                .param("batch", String.valueOf(profile.batch())));
    List<Double> blocks =
        result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(iterations -> iterations.stream())
            .map(block -> block.getPrimaryResult().getStatistics().getPercentile(50))
            .map(micros -> micros * NANOS_A_MICRO)
            .toList();
    Statistics calls = result.getPrimaryResult().getStatistics();
    Blocks medians = new Blocks(blocks);
    return new NetworkMeasurement(
        calls.getPercentile(50) / MICROS_A_MILLI,
        calls.getPercentile(95) / MICROS_A_MILLI,
        new NetworkMeasurement.Interval(medians.low95Millis(), medians.high95Millis()),
        calls.getN());
  }
}
