package org.proxyless.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.RunnerException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.tensorflow.LoadedModel;

/** The measuring process of {@link NetworkTimer}. */
final class NetworkMeasuring {
  private NetworkMeasuring() {}

  /**
   * What is asked for.
   *
   * @param model folder of a SavedModel
   * @param reference keys of the operators that are timed beside it; empty for none
   * @param blocks how many blocks of calls
   * @param blockMillis duration of a block
   */
  record Request(
      DeviceProfile profile, String model, List<String> reference, int blocks, int blockMillis) {}

  /**
   * What came out.
   *
   * @param referenceNanos the reference's median time
   */
  record Answer(NetworkMeasurement network, double referenceNanos) {}

  public static void main(String[] arguments) throws Exception {
    MeasuringChild.serve(Request.class, NetworkMeasuring::measure);
  }

  private static Answer measure(Request request, MeasuringProgress progress)
      throws RunnerException {
    progress.measuring(0, 1, request.model());
    DeviceProfile profile = request.profile();
    // Before JMH, which would wrap what is wrong with the folder or the device.
    LoadedModel.open(Path.of(request.model()), profile).close();
    List<IterationResult> blocks =
        MeasuringChild.blocks(
            MeasuringChild.run(
                MeasuringChild.jmh(NetworkBenchmark.class, profile, request.reference())
                    .measurementIterations(request.blocks())
                    .param("blockMillis", String.valueOf(request.blockMillis()))
                    .param("model", request.model())));
    IterationResult last = blocks.get(blocks.size() - 1);
    Blocks medians =
        new Blocks(
            blocks.stream().map(block -> MeasuringChild.counter(block, "callNanos")).toList());
    return new Answer(
        new NetworkMeasurement(
            MeasuringChild.counter(last, "medianSoFarNanos") / Blocks.NANOS_A_MILLI,
            MeasuringChild.counter(last, "p95SoFarNanos") / Blocks.NANOS_A_MILLI,
            new NetworkMeasurement.Interval(medians.low95Millis(), medians.high95Millis()),
            Math.round(MeasuringChild.counter(last, "callsSoFar"))),
        Visit.median(
            blocks.stream()
                .mapToDouble(block -> MeasuringChild.counter(block, "referenceNanos"))
                .toArray()));
  }
}
