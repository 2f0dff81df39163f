package org.proxyless.search.job.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.proxyless.base.JsonReport;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Network;
import org.proxyless.network.OperatorTypes;
import org.proxyless.search.space.Block;
import org.proxyless.search.space.SearchSpace;

/**
 * What a search ended with.
 *
 * @param space that was searched
 * @param path the chosen candidate of each edge
 * @param prediction the latency by the table, operator by operator
 * @param target that was to be met
 * @param measured the exported file on the device; empty where the device isn't here
 * @param second how it does on the second device, if one was named
 * @param deployed what it takes of a small device; empty where nothing was limited
 * @param proofRepeats how often another network was derived because one measured above the target
 * @param testAccuracy of the exported file, 0 to 1
 * @param peakMemoryMebibytes of this process; empty where the system doesn't tell
 * @param phaseSeconds by phase, in order
 * @param savedModel the exported network: the folder that holds its versions
 * @param runDirectory where everything was written
 */
public record SearchResult(
    SearchSpace space,
    int[] path,
    NetworkLatency prediction,
    LatencyTarget target,
    Optional<WatchedMeasurement> measured,
    Optional<SecondLatency> second,
    Optional<DeployedFigures> deployed,
    int proofRepeats,
    double testAccuracy,
    OptionalLong peakMemoryMebibytes,
    Map<String, Double> phaseSeconds,
    Path savedModel,
    Path runDirectory) {

  /** The network that was found. */
  public Network network() {
    return prediction.network();
  }

  /** The latency that was to be met. */
  public double targetMillis() {
    return target.millis();
  }

  /** Median of the exported file on the device; empty where the device isn't here. */
  public OptionalDouble measuredMillis() {
    return measured.isPresent()
        ? OptionalDouble.of(measured.get().network().medianMillis())
        : OptionalDouble.empty();
  }

  /** Whether the exported file meets the target; empty where the device isn't here. */
  public Optional<Verdict> verdict() {
    return measured.map(target::verdict);
  }

  /** The figures under stable keys, for {@code --json} and the provenance. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.putAll(TargetFigures.of(target, measured));
    figures.put("predictedMillis", prediction.latencyMillis());
    OptionalDouble deviation = prediction.standardDeviationMillis();
    figures.put(
        "predictedStandardDeviationMillis", deviation.isPresent() ? deviation.getAsDouble() : null);
    figures.put("secondDevice", second.map(SecondLatency::figures).orElse(null));
    figures.put("proofRepeats", proofRepeats);
    figures.put("testAccuracy", testAccuracy);
    figures.put("parameters", network().parameters());
    figures.put("macs", network().macs());
    figures.put("deployed", deployed.map(DeployedFigures::figures).orElse(null));
    figures.put(
        "peakMemoryMebibytes",
        peakMemoryMebibytes.isPresent() ? peakMemoryMebibytes.getAsLong() : null);
    figures.put("phaseSeconds", phaseSeconds);
    figures.put("savedModel", savedModel.toAbsolutePath().toString());
    figures.put("runDirectory", runDirectory.toAbsolutePath().toString());
    figures.put("network", operatorsByEdge());
    return figures;
  }

  /** Writes the figures. */
  public void writeJson(Path file) {
    JsonReport report = new JsonReport();
    figures().forEach(report::put);
    report.write(file);
  }

  private List<Map<String, Object>> operatorsByEdge() {
    List<Map<String, Object>> operators = new ArrayList<>();
    List<Block> edges = space.edges();
    for (int e = 0; e < edges.size(); e++) {
      Map<String, Object> operator = new LinkedHashMap<>();
      operator.put("edge", edges.get(e).name());
      operator.putAll(OperatorTypes.toKeys(edges.get(e).candidates().get(path[e]).type()));
      operators.add(operator);
    }
    return operators;
  }
}
