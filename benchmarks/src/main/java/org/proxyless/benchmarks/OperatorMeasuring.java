package org.proxyless.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.devices.tensorflow.TensorFlowRuntime;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.Shape;

/** The measuring process of {@link Profiler}: runs the operators' benchmarks in shuffled passes. */
final class OperatorMeasuring {
  private static final int MOST_EXTRA_PASSES = 3;
  private static final double CALL_NANOS_PER_UNIT = 1e3;

  private final Request request;
  private final MeasuringProgress progress;
  private final Random shuffling = new Random(1);
  private final Map<String, List<Block>> blocks = new LinkedHashMap<>();
  private final List<RunResult> results = new ArrayList<>();
  private int done;
  private int total;

  private OperatorMeasuring(Request request, MeasuringProgress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * What is asked for.
   *
   * @param operators keys of the operators
   * @param context keys of the operators among which each is measured
   * @param jmhJson where JMH's own results go
   */
  record Request(
      DeviceProfile profile,
      Shape image,
      int classes,
      List<String> operators,
      List<String> context,
      Quality quality,
      String jmhJson) {}

  /**
   * What was measured.
   *
   * @param fingerprint facts of the machine as this process found it
   * @param blockNanos latencies from the quieter blocks, by the operator's key
   */
  record Answer(Map<String, String> fingerprint, Map<String, List<Double>> blockNanos) {}

  public static void main(String[] arguments) throws Exception {
    MeasuringChild.serve(
        Request.class, (request, progress) -> new OperatorMeasuring(request, progress).measure());
  }

  private Answer measure() throws RunnerException, IOException {
    TensorFlowRuntime.requireDevice(request.profile()); // before JMH, which would wrap its words
    List<String> keys = new ArrayList<>(request.operators());
    keys.add(LatencyTable.CALL);
    total = keys.size() * request.quality().passes();
    for (int pass = 0; pass < request.quality().passes(); pass++) {
      measureShuffled(keys);
    }
    for (int extra = 0; extra < MOST_EXTRA_PASSES && !drowned(keys).isEmpty(); extra++) {
      total += drowned(keys).size();
      measureShuffled(drowned(keys));
    }
    if (!drowned(keys).isEmpty()) {
      throw new MeasuringFailedException(
          "the latency of "
              + String.join(", ", drowned(keys))
              + " drowns in the machine's noise. Close other programs and measure again.");
    }
    ResultFormatFactory.getInstance(ResultFormatType.JSON, request.jmhJson()).writeOut(results);
    Map<String, List<Double>> quiet = new LinkedHashMap<>();
    keys.forEach(key -> quiet.put(key, quieterHalf(blocks.get(key))));
    return new Answer(MachineFingerprint.of(request.profile(), System.getenv()).facts(), quiet);
  }

  /**
   * What one block of calls gave.
   *
   * @param callNanos how long its calls took
   * @param resultNanos the latency that follows from them
   */
  record Block(double callNanos, double resultNanos) {}

  /**
   * The latencies from the half of the blocks in which the calls were quickest, with and without
   * the operator together: what else runs on the machine only ever lengthens them, and choosing by
   * their sum favours neither side of the difference.
   */
  static List<Double> quieterHalf(List<Block> blocks) {
    return blocks.stream()
        .sorted(Comparator.comparingDouble(Block::callNanos))
        .limit((blocks.size() + 1) / 2)
        .map(Block::resultNanos)
        .toList();
  }

  /** Operators that seem to cost nothing at all. */
  private List<String> drowned(List<String> keys) {
    return keys.stream()
        .filter(key -> !new Blocks(quieterHalf(blocks.get(key))).arePositive())
        .toList();
  }

  private void measureShuffled(List<String> keys) throws RunnerException {
    List<String> shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, shuffling);
    for (String key : shuffled) {
      progress.measuring(done, total, key);
      List<Block> more = key.equals(LatencyTable.CALL) ? call() : operator(key);
      blocks.computeIfAbsent(key, unused -> new ArrayList<>()).addAll(more);
      done++;
    }
  }

  private List<Block> operator(String key) throws RunnerException {
    ChainedOptionsBuilder options =
        MeasuringChild.jmh(OperatorBenchmark.class)
            .measurementIterations(request.quality().blocks())
            .param("operator", key)
            .param("context", String.join(OperatorBenchmark.SEPARATOR, request.context()))
            .param("blockMillis", String.valueOf(request.quality().blockMillis()));
    return iterations(options).stream()
        .map(
            iteration ->
                new Block(
                    counter(iteration, "withNanos") + counter(iteration, "withoutNanos"),
                    counter(iteration, "operatorNanos")))
        .toList();
  }

  private static double counter(IterationResult iteration, String name) {
    return iteration.getSecondaryResults().get(name).getScore();
  }

  private List<Block> call() throws RunnerException {
    TimeValue block = TimeValue.milliseconds(request.quality().blockMillis());
    ChainedOptionsBuilder options =
        MeasuringChild.jmh(CallBenchmark.class)
            .warmupTime(block)
            .measurementIterations(request.quality().blocks())
            .measurementTime(block)
            .param("height", String.valueOf(request.image().height()))
            .param("width", String.valueOf(request.image().width()))
            .param("channels", String.valueOf(request.image().channels()))
            .param("classes", String.valueOf(request.classes()));
    return iterations(options).stream()
        .map(iteration -> iteration.getPrimaryResult().getStatistics().getPercentile(50))
        .map(micros -> new Block(micros * CALL_NANOS_PER_UNIT, micros * CALL_NANOS_PER_UNIT))
        .toList();
  }

  private List<IterationResult> iterations(ChainedOptionsBuilder options) throws RunnerException {
    DeviceProfile profile = request.profile();
    RunResult result =
        MeasuringChild.run(
            options
                .param("kind", profile.kind().name())
                .param("threads", String.valueOf(profile.threads()))
                .param("batch", String.valueOf(profile.batch())));
    results.add(result);
    return result.getBenchmarkResults().stream()
        .map(BenchmarkResult::getIterationResults)
        .flatMap(iterations -> iterations.stream())
        .toList();
  }
}
