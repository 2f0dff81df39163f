package org.proxyless.search.job.result;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.proxyless.benchmarks.tables.WatchedMeasurement;

/**
 * The latency of the network that was found on the second device.
 *
 * @param device its name
 * @param target that was to be met there
 * @param predictedMillis by its table
 * @param measured the exported file; empty where that device isn't here
 */
public record SecondLatency(
    String device,
    LatencyTarget target,
    double predictedMillis,
    Optional<WatchedMeasurement> measured) {
  /** Whether the exported file meets the target; empty where the device isn't here. */
  public Optional<Verdict> verdict() {
    return measured.map(target::verdict);
  }

  /** The figures under stable keys. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("device", device);
    figures.put("predictedMillis", predictedMillis);
    figures.putAll(TargetFigures.of(target, measured));
    return figures;
  }
}
