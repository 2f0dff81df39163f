package org.proxyless.search.job.result;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.proxyless.network.Network;

/**
 * What training a derived network ended with.
 *
 * @param network that was trained
 * @param testAccuracy of the exported file, 0 to 1
 * @param peakMemoryMebibytes of this process; empty where the system doesn't tell
 * @param phaseSeconds by phase, in order
 * @param savedModel the exported network: the folder that holds its versions
 * @param runDirectory where everything was written
 */
public record TrainResult(
    Network network,
    double testAccuracy,
    OptionalLong peakMemoryMebibytes,
    Map<String, Double> phaseSeconds,
    Path savedModel,
    Path runDirectory) {

  /** The figures under stable keys, for {@code --json} and the provenance. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("testAccuracy", testAccuracy);
    figures.put("parameters", network.parameters());
    figures.put("macs", network.macs());
    figures.put(
        "peakMemoryMebibytes",
        peakMemoryMebibytes.isPresent() ? peakMemoryMebibytes.getAsLong() : null);
    figures.put("phaseSeconds", phaseSeconds);
    figures.put("savedModel", savedModel.toAbsolutePath().toString());
    figures.put("runDirectory", runDirectory.toAbsolutePath().toString());
    return figures;
  }
}
