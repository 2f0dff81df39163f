package org.proxyless.search.cli.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.job.prepare.SearchPlan;
import org.proxyless.search.run.progress.Durations;

/** A plan for people. */
final class PlanText {
  private PlanText() {}

  static List<String> of(SearchPlan plan) {
    SpaceLatency latency = plan.priced().latency();
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "space     %s: %d edges, %,d networks",
            plan.priced().space().name(), plan.priced().space().edges().size(), plan.networks()));
    lines.add(
        format(
            "latency   %.3f to %.3f ms on %s, of which %.3f ms fixed; target %.3f ms, predictions at most"
                + " %.3f ms",
            latency.minMillis(),
            latency.maxMillis(),
            plan.priced().table().device(),
            latency.fixedMillis(),
            plan.targetMillis(),
            plan.target().boundMillis()));
    plan.priced()
        .table()
        .relativeDeviation()
        .ifPresent(
            deviation ->
                lines.add(
                    format(
                        "          predictions are uncertain by %.1f %% (one standard deviation)",
                        100 * deviation)));
    lines.add(
        format(
            "steps     %d warm-up, %d search (%d of the architecture), %d fine-tuning",
            plan.schedule().warmupSteps(),
            plan.schedule().searchSteps(),
            plan.schedule().architectureSteps(),
            plan.fineTuneSteps()));
    lines.add("time      about " + Durations.text(plan.totalSeconds()) + ": " + phases(plan));
    lines.add(
        plan.estimatedMemoryMebibytes().isPresent()
            ? format("memory    about %d MiB", plan.estimatedMemoryMebibytes().getAsLong())
            : "memory    this system doesn't tell");
    return lines;
  }

  private static String phases(SearchPlan plan) {
    return plan.estimatedSeconds().entrySet().stream()
        .map(phase -> phase.getKey() + " " + Durations.text(phase.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
