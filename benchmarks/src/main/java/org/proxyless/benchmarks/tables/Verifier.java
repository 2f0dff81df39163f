package org.proxyless.benchmarks.tables;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.MeasuringSites;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.NetworkTiming;
import org.proxyless.latency.fit.TableFit;
import org.proxyless.network.Network;

/** Compares what a table predicts with what networks take, timed end to end on this machine. */
public final class Verifier {
  private static final int BLOCKS = 10;
  private static final int BLOCK_MILLIS = 40;

  private Verifier() {}

  /**
   * Exports, loads and times the networks, in passes that are shuffled anew each time, together
   * with the sentinel and a sample of the table's operators.
   *
   * @throws InvalidInputException if the table lacks an operator, does not say how it was measured,
   *     or this machine is not what the profile asks for
   * @throws MeasuringFailedException if the measuring process dies or this thread is interrupted
   */
  public static VerificationResult verify(VerificationTask task, MeasuringProgress progress)
      throws IOException {
    LatencyTable table = task.table();
    task.networks().forEach(network -> NetworkLatency.of(network, table)); // before any work
    Reference usual = Reference.of(table);
    TableSample sample = TableSample.of(table);
    try (Journal journal = Journal.inMemory()) {
      Campaign.Plan plan = plan(task, sample);
      Campaign.requireDevice(plan);
      Readings readings =
          new Campaign(plan, Visitor.of(task.profile()), journal, progress)
              .run(MeasuringSites.of(task.profile()).fingerprint(task.profile()))
              .at(usual);
      return result(task, sample.ratio(readings), readings);
    }
  }

  private static Campaign.Plan plan(VerificationTask task, TableSample sample) {
    List<Network> networks = task.networks();
    List<String> keys = new ArrayList<>(sample.keys());
    keys.addAll(VisitMeasuring.Subject.networkKeys(networks.size()));
    VisitMeasuring.Subject subject =
        new VisitMeasuring.Subject(
            task.profile(),
            networks.get(0).input(),
            networks.get(0).classes(),
            Neighbours.of(task.table()),
            networks.stream().map(VisitMeasuring.Subject::operators).toList(),
            BLOCKS,
            BLOCK_MILLIS);
    return new Campaign.Plan(
        subject, keys, Neighbours.sentinel(task.table()), 1, task.passes(), 0, task.seed());
  }

  private static VerificationResult result(
      VerificationTask task, double operatorRatio, Readings readings) {
    LatencyTable table = task.table();
    List<Network> networks = task.networks();
    List<NetworkTiming> timings = timings(networks, readings);
    double changed = Reference.relativeDeviation(readings.drift());
    List<Prediction> plain = predictions(table, networks, timings, changed);
    LatencyTable.Builder more = table.toBuilder();
    timings.forEach(more::timing);
    Optional<TableFit> fit = Optional.of(more.build()).filter(TableFit::suits).map(TableFit::of);
    // Those that were there before come first.
    Optional<List<Prediction>> refitted =
        fit.map(made -> leftOut(made).stream().skip(table.timings().size()).toList());
    int uniform = task.uniform().size();
    return new VerificationResult(
        readings.drift(),
        operatorRatio,
        VerificationResult.Figures.of(plain, uniform),
        refitted.map(predictions -> VerificationResult.Figures.of(predictions, uniform)),
        fit.map(TableFit::table)
            .orElse(table)
            .withVerification(
                PredictionErrors.verification(refitted.orElse(plain), Instant.now())));
  }

  /** The networks' latencies, whose keys are in their order. */
  static List<NetworkTiming> timings(List<Network> networks, Readings readings) {
    return IntStream.range(0, networks.size())
        .mapToObj(
            i -> {
              String key = VisitMeasuring.Subject.networkKey(i);
              return NetworkTiming.of(
                  networks.get(i),
                  readings.blocks(key).medianMillis(),
                  readings.standardErrorMillis(key));
            })
        .toList();
  }

  /** What a fit says of each of its networks without that network's own timing. */
  static List<Prediction> leftOut(TableFit fit) {
    return fit.leftOut().stream()
        .map(
            left ->
                new Prediction(
                    left.predictedMillis(),
                    left.standardDeviationMillis(),
                    left.timing().millis(),
                    left.timing().standardErrorMillis()))
        .toList();
  }

  /**
   * What a table says of networks, and what was measured.
   *
   * @param changed how far measurements may be off because the machine changed its speed since, a
   *     standard deviation as a share
   */
  static List<Prediction> predictions(
      LatencyTable table, List<Network> networks, List<NetworkTiming> timings, double changed) {
    return IntStream.range(0, networks.size())
        .mapToObj(i -> prediction(table, networks.get(i), timings.get(i), changed))
        .toList();
  }

  private static Prediction prediction(
      LatencyTable table, Network network, NetworkTiming timing, double changed) {
    double millis = NetworkLatency.of(network, table).latencyMillis();
    return new Prediction(
        millis,
        table
            .estimate()
            .map(estimate -> estimate.standardDeviationMillis(network))
            .map(deviation -> Math.hypot(deviation, changed * millis))
            .orElse(0.0),
        timing.millis(),
        timing.standardErrorMillis());
  }
}
