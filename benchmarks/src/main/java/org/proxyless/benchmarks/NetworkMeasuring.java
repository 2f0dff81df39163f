package org.proxyless.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.MultisetStatistics;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.latency.Operator;

/** The measuring process of {@link NetworkTimer}. */
final class NetworkMeasuring {
  private static final double MICROS_A_MILLI = 1e3;
  private static final double NANOS_A_MICRO = 1e3;
  private static final int SENTINEL_BLOCKS = 8;
  private static final int SENTINEL_BLOCK_MILLIS = 20;

  private NetworkMeasuring() {}

  /**
   * What is asked for.
   *
   * @param model folder of a SavedModel
   * @param visits how often it is loaded and timed
   * @param blocks how many blocks of calls a visit has
   * @param blockMillis duration of a block
   * @param watch what is timed before, between and after the visits; null for nothing
   */
  record Request(
      DeviceProfile profile, String model, int visits, int blocks, int blockMillis, Watch watch) {}

  /**
   * The operator that tells how quick the machine is.
   *
   * @param sentinel its key
   * @param neighbours keys of the operators among which it is measured
   */
  record Watch(String sentinel, List<String> neighbours) {}

  /**
   * What came out.
   *
   * @param sentinelMillis null where none was asked for
   */
  record Answer(NetworkMeasurement network, Double sentinelMillis) {}

  public static void main(String[] arguments) throws Exception {
    MeasuringChild.serve(Request.class, NetworkMeasuring::measure);
  }

  private static Answer measure(Request request, MeasuringProgress progress)
      throws RunnerException, IOException {
    progress.measuring(0, 1, request.model());
    // Before JMH, which would wrap what is wrong with the folder or the device.
    LoadedModel.open(Path.of(request.model()), request.profile()).close();
    List<Visit> sentinel = new ArrayList<>();
    List<RunResult> network = new ArrayList<>();
    for (int visit = 0; visit < request.visits(); visit++) {
      watch(request, sentinel);
      network.add(visit(request));
    }
    watch(request, sentinel);
    return new Answer(measurement(network), sentinelMillis(sentinel));
  }

  private static void watch(Request request, List<Visit> visits)
      throws RunnerException, IOException {
    if (request.watch() == null) {
      return;
    }
    String key = request.watch().sentinel();
    VisitMeasuring.Subject subject =
        new VisitMeasuring.Subject(
            request.profile(),
            Operator.ofKey(key).input(), // neither it nor the classes matter: no call is measured
            1,
            request.watch().neighbours(),
            List.of(),
            SENTINEL_BLOCKS,
            SENTINEL_BLOCK_MILLIS,
            null);
    VisitMeasuring measuring =
        new VisitMeasuring(new VisitMeasuring.Request(subject, List.of(key)));
    visits.add(new Visit(0, 0, true, measuring.measured(key)));
  }

  private static Double sentinelMillis(List<Visit> visits) {
    if (visits.isEmpty()) {
      return null;
    }
    Blocks blocks = new Readings(visits).blocks(visits.get(0).key());
    if (!blocks.arePositive()) {
      throw new MeasuringFailedException(
          "the latency of the sentinel "
              + visits.get(0).key()
              + " drowns in the machine's noise. Close other programs and measure again.");
    }
    return blocks.medianMillis();
  }

  private static RunResult visit(Request request) throws RunnerException {
    DeviceProfile profile = request.profile();
    return MeasuringChild.run(
        MeasuringChild.jmh(NetworkBenchmark.class)
            .measurementIterations(request.blocks())
            .measurementTime(TimeValue.milliseconds(request.blockMillis()))
            .param("model", request.model())
            .param("kind", profile.kind().name())
            .param("threads", String.valueOf(profile.threads()))
            .param("batch", String.valueOf(profile.batch())));
  }

  private static NetworkMeasurement measurement(List<RunResult> visits) {
    List<Double> blocks = new ArrayList<>();
    MultisetStatistics calls = new MultisetStatistics();
    for (RunResult visit : visits) {
      visit.getBenchmarkResults().stream()
          .map(BenchmarkResult::getIterationResults)
          .flatMap(iterations -> iterations.stream())
          .map(block -> block.getPrimaryResult().getStatistics().getPercentile(50))
          .forEach(micros -> blocks.add(micros * NANOS_A_MICRO));
      visit
          .getPrimaryResult()
          .getStatistics()
          .getRawData()
          .forEachRemaining(call -> calls.addValue(call.getKey(), call.getValue()));
    }
    Blocks medians = new Blocks(blocks);
    return new NetworkMeasurement(
        calls.getPercentile(50) / MICROS_A_MILLI,
        calls.getPercentile(95) / MICROS_A_MILLI,
        new NetworkMeasurement.Interval(medians.low95Millis(), medians.high95Millis()),
        calls.getN());
  }
}
