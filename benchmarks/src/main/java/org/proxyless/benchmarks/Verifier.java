package org.proxyless.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.Network;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.Operator;

/** Compares what a table predicts with what networks take, timed end to end on this machine. */
public final class Verifier {
  private static final int BLOCKS = 6;
  private static final int BLOCK_MILLIS = 50;

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
    TableSample sample = TableSample.of(table);
    Path folder = Files.createTempDirectory("proxyless-verify");
    try (Journal journal = Journal.inMemory()) {
      Campaign.Plan plan = plan(task, sample, folder);
      Campaign.requireDevice(plan);
      Readings readings =
          new Campaign(plan, journal, progress).run(MachineFingerprint.of(task.profile()));
      return result(task, sample.drift(readings), readings, progress);
    } finally {
      NetworkTimer.deleteTree(folder);
    }
  }

  private static Campaign.Plan plan(VerificationTask task, TableSample sample, Path folder) {
    List<Network> networks = task.networks();
    List<String> keys = new ArrayList<>(sample.keys());
    for (int i = 0; i < networks.size(); i++) {
      keys.add(VisitMeasuring.Subject.networkKey(i));
    }
    VisitMeasuring.Subject subject =
        new VisitMeasuring.Subject(
            task.profile(),
            networks.get(0).input(),
            networks.get(0).classes(),
            Neighbours.of(task.table()),
            networks.stream()
                .map(network -> network.operators().stream().map(Operator::key).toList())
                .toList(),
            BLOCKS,
            BLOCK_MILLIS,
            folder.toString());
    return new Campaign.Plan(
        subject, keys, Neighbours.sentinel(task.table()), 1, task.passes(), 0, task.seed());
  }

  private static VerificationResult result(
      VerificationTask task, double drift, Readings readings, MeasuringProgress progress) {
    boolean scaled = Math.abs(drift - 1) > TableCheck.MOST_DRIFT;
    if (scaled) {
      progress.note(
          String.format(
              Locale.ROOT,
              "Operators take %.3f times what the table says: predictions are scaled by that",
              drift));
    }
    LatencyTable table = scaled ? ScaledTable.of(task.table(), drift) : task.table();
    List<Network> networks = task.networks();
    List<Double> measured =
        IntStream.range(0, networks.size())
            .mapToObj(VisitMeasuring.Subject::networkKey)
            .map(readings::visitMedianMillis)
            .toList();
    List<Prediction> plain =
        IntStream.range(0, networks.size())
            .mapToObj(
                i ->
                    new Prediction(
                        NetworkLatency.of(networks.get(i), table).latencyMillis(), measured.get(i)))
            .toList();
    Optional<CorrectionFit.Fitted> fitted = new CorrectionFit(table, networks, measured).best();
    List<Prediction> kept = fitted.map(CorrectionFit.Fitted::others).orElse(plain);
    int uniform = task.uniform().size();
    return new VerificationResult(
        drift,
        scaled,
        VerificationResult.Figures.of(plain, uniform),
        fitted.map(fit -> VerificationResult.Figures.of(fit.others(), uniform)),
        fitted
            .map(CorrectionFit.Fitted::table)
            .orElse(table)
            .withVerification(PredictionErrors.verification(kept, Instant.now())));
  }
}
