package org.proxyless.search.job.prepare;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.proxyless.base.JsonReport;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.train.SearchSchedule;

/**
 * What a search would do and cost.
 *
 * @param priced the space with its latencies
 * @param target that would have to be met
 * @param schedule of warm-up and search
 * @param fineTuneSteps of the network that is found
 * @param estimatedSeconds by phase, in order
 * @param estimatedMemoryMebibytes of the process; empty where the system doesn't tell
 */
public record SearchPlan(
    PricedSpace priced,
    LatencyTarget target,
    SearchSchedule schedule,
    long fineTuneSteps,
    Map<String, Double> estimatedSeconds,
    OptionalLong estimatedMemoryMebibytes) {

  /** The latency that would have to be met. */
  public double targetMillis() {
    return target.millis();
  }

  /** The number of networks in the space. */
  public BigInteger networks() {
    return priced.graph().networks();
  }

  /** The whole run's time. */
  public double totalSeconds() {
    return estimatedSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Writes the figures under stable keys. */
  public void writeJson(Path file) {
    Map<String, Object> steps = new LinkedHashMap<>();
    steps.put("warm-up", schedule.warmupSteps());
    steps.put("search", schedule.searchSteps());
    steps.put("architecture", schedule.architectureSteps());
    steps.put("fine-tune", fineTuneSteps);
    new JsonReport()
        .put("minMillis", priced.latency().minMillis())
        .put("maxMillis", priced.latency().maxMillis())
        .put("fixedMillis", priced.latency().fixedMillis())
        .put("targetMillis", target.millis())
        .put("targetPercentile", target.percentile())
        .put("margin", target.margin())
        .put("boundMillis", target.boundMillis())
        .put("edges", priced.space().edges().size())
        .put("networks", networks())
        .put("steps", steps)
        .put("estimatedSeconds", estimatedSeconds)
        .put("estimatedTotalSeconds", totalSeconds())
        .put(
            "estimatedMemoryMebibytes",
            estimatedMemoryMebibytes.isPresent() ? estimatedMemoryMebibytes.getAsLong() : null)
        .write(file);
  }
}
