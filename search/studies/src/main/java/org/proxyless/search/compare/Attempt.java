package org.proxyless.search.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.CsvTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Network;
import org.proxyless.search.job.revisit.PastSearch;
import org.proxyless.search.job.revisit.ScratchTraining.Outcome;
import org.proxyless.search.run.Provenance;

/**
 * One search of a strategy, and what its network came to when it was trained from scratch.
 *
 * @param seed of the search and of the training
 * @param run what the search's directory is called
 * @param network that was derived
 * @param predictedMillis by the table
 * @param measuredMillis of the exported file on the device; null where the device isn't here
 * @param warmupSteps of the weights alone
 * @param searchSteps after them
 * @param searchSeconds of everything that the search did, its network's export included
 * @param outcome of the training from scratch
 */
public record Attempt(
    long seed,
    String run,
    Network network,
    double predictedMillis,
    Double measuredMillis,
    long warmupSteps,
    long searchSteps,
    double searchSeconds,
    Outcome outcome) {

  /** Reads a search that has finished. */
  static Attempt of(PastSearch search, Outcome outcome) {
    JsonNode figures = Provenance.read(search.file(Provenance.FILE)).path("figures");
    JsonNode measured = figures.path("measuredMillis");
    double seconds = 0;
    for (JsonNode phase : figures.path("phaseSeconds")) {
      seconds += phase.doubleValue();
    }
    CsvTable metrics = CsvTable.read(search.file("metrics.csv"));
    return new Attempt(
        search.settings().seed(),
        search.path().getFileName().toString(),
        search.network(),
        NetworkLatency.of(search.network(), search.priced().table()).latencyMillis(),
        measured.isNumber() ? measured.doubleValue() : null,
        steps(metrics, "warmup"),
        steps(metrics, "search"),
        seconds,
        outcome);
  }

  private static long steps(CsvTable metrics, String stage) {
    int column = metrics.column("stage");
    return metrics.rows().stream().filter(row -> row.get(column).equals(stage)).count();
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seed", seed);
    figures.put("run", run);
    figures.put("testAccuracy", outcome.accuracy());
    figures.put("predictedMillis", predictedMillis);
    figures.put("measuredMillis", measuredMillis);
    figures.put("parameters", network.parameters());
    figures.put("macs", network.macs());
    figures.put("warmupSteps", warmupSteps);
    figures.put("searchSteps", searchSteps);
    figures.put("searchSeconds", searchSeconds);
    List<String> operators =
        network.operators().stream().map(operator -> operator.type().label()).toList();
    figures.put("operators", operators);
    return figures;
  }
}
