package org.proxyless.benchmarks.sites;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.openjdk.jmh.results.IterationResult;
import org.proxyless.benchmarks.jmh.Blocks;
import org.proxyless.benchmarks.process.MeasuringChild;

/**
 * Measurements of one network, each with the model loaded afresh: where its memory lies makes it a
 * few per cent quicker or slower for as long as it is loaded, so that one sitting, however long,
 * says too little. Sittings go on until the mean is known well enough.
 */
final class Sittings {
  static final int MOST = 14;
  private static final int FEWEST = 4;

  /** Standard error of the latency, as a share, with which one is content. */
  private static final double ENOUGH = 0.005;

  /** Deviations beyond which a sitting was disturbed and does not count. */
  private static final double OUTLYING = 4;

  private static final double NORMAL = 1.4826;
  private static final double LEAST_SPREAD = 0.002;

  private final boolean watched;
  private final List<List<IterationResult>> blocks = new ArrayList<>();
  private final List<Double> logRatios = new ArrayList<>();

  /**
   * @param watched whether a reference is timed beside the network, whose multiple is then what is
   *     to be known
   */
  Sittings(boolean watched) {
    this.watched = watched;
  }

  /** Takes the blocks of one more. */
  void add(List<IterationResult> sitting) {
    blocks.add(sitting);
    logRatios.add(
        Math.log(
            Visit.median(
                sitting.stream()
                    .mapToDouble(
                        block ->
                            MeasuringChild.counter(block, "callNanos")
                                / (watched ? MeasuringChild.counter(block, "referenceNanos") : 1))
                    .toArray())));
  }

  int count() {
    return blocks.size();
  }

  /** Whether no more are needed, or allowed. */
  boolean suffice() {
    return count() >= MOST || count() >= FEWEST && standardError(logRatios) <= ENOUGH;
  }

  /** Those that count: the others are far from the median of all. */
  private static double[] counting(List<Double> values) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    double median = Visit.median(all);
    double[] distances = values.stream().mapToDouble(value -> Math.abs(value - median)).toArray();
    double spread = Math.max(LEAST_SPREAD, NORMAL * Visit.median(distances));
    return values.stream()
        .mapToDouble(Double::doubleValue)
        .filter(value -> Math.abs(value - median) <= OUTLYING * spread)
        .toArray();
  }

  /** Standard error of the mean of the values that count. */
  static double standardError(List<Double> values) {
    double[] counting = counting(values);
    return counting.length < 2
        ? Double.POSITIVE_INFINITY
        : Math.sqrt(StatUtils.variance(counting) / counting.length);
  }

  /** Mean of the values that count. */
  static double mean(List<Double> values) {
    return StatUtils.mean(counting(values));
  }

  /** The network's latency, and the reference's that goes with it. */
  NetworkMeasuring.Answer answer() {
    List<IterationResult> all = blocks.stream().flatMap(List::stream).toList();
    Blocks calls =
        new Blocks(all.stream().map(block -> MeasuringChild.counter(block, "callNanos")).toList());
    List<IterationResult> lasts =
        blocks.stream().map(sitting -> sitting.get(sitting.size() - 1)).toList();
    double p95Nanos =
        Visit.median(
            lasts.stream()
                .mapToDouble(last -> MeasuringChild.counter(last, "p95SoFarNanos"))
                .toArray());
    double samples =
        lasts.stream().mapToDouble(last -> MeasuringChild.counter(last, "callsSoFar")).sum();
    return new NetworkMeasuring.Answer(
        new NetworkMeasurement(
            calls.medianMillis(),
            p95Nanos / Blocks.NANOS_A_MILLI,
            new NetworkMeasurement.Interval(calls.low95Millis(), calls.high95Millis()),
            Math.round(samples)),
        calls.medianMillis() * Blocks.NANOS_A_MILLI / Math.exp(mean(logRatios)),
        standardError(logRatios));
  }
}
