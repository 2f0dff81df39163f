package org.proxyless.search.job.result;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.proxyless.benchmarks.tables.WatchedMeasurement;

/** A target and what a measurement says about it, under stable keys. */
final class TargetFigures {
  private TargetFigures() {}

  static Map<String, Object> of(LatencyTarget target, Optional<WatchedMeasurement> measured) {
    OptionalDouble drift = measured.map(WatchedMeasurement::drift).orElse(OptionalDouble.empty());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("targetMillis", target.millis());
    figures.put("targetPercentile", target.percentile());
    figures.put("margin", target.margin());
    figures.put("tableVerified", target.verified());
    figures.put("boundMillis", target.boundMillis());
    figures.put("measuredMillis", measured.map(look -> look.network().medianMillis()).orElse(null));
    figures.put("measuredP95Millis", measured.map(look -> look.network().p95Millis()).orElse(null));
    figures.put("drift", drift.isPresent() ? drift.getAsDouble() : null);
    figures.put(
        "verdict",
        measured.map(look -> target.verdict(look).name().toLowerCase(Locale.ROOT)).orElse(null));
    return figures;
  }
}
