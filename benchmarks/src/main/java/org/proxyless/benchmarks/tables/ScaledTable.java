package org.proxyless.benchmarks.tables;

import java.util.OptionalDouble;
import java.util.TreeMap;
import org.proxyless.latency.Correction;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkTiming;
import org.proxyless.latency.Verification;

/** A table as it would be if the machine had been slower or quicker by one factor. */
final class ScaledTable {
  private ScaledTable() {}

  static LatencyTable of(LatencyTable table, double factor) {
    TreeMap<String, LatencyEntry> entries = new TreeMap<>();
    table.entries().forEach((key, entry) -> entries.put(key, scaled(entry, factor)));
    TreeMap<String, Double> corrections = new TreeMap<>();
    table
        .correction()
        .operatorMillis()
        .forEach((key, millis) -> corrections.put(key, millis * factor));
    return new LatencyTable(
        table.kind(),
        table.device(),
        table.space(),
        table.fingerprint(),
        settings(table, factor),
        table.toolVersions(),
        table.created(),
        entries,
        Correction.of(table.correction().constantMillis() * factor, corrections),
        table.verification().map(verification -> scaled(verification, factor)),
        table.timings().stream()
            .map(
                timing ->
                    new NetworkTiming(
                        timing.operators(),
                        timing.millis() * factor,
                        timing.standardErrorMillis() * factor))
            .toList(),
        table.estimate().map(estimate -> estimate.times(factor)));
  }

  private static TreeMap<String, String> settings(LatencyTable table, double factor) {
    TreeMap<String, String> settings = new TreeMap<>(table.settings());
    if (Reference.isIn(table)) {
      settings.putAll(Reference.of(table).times(factor).settings());
    }
    return settings;
  }

  private static LatencyEntry scaled(LatencyEntry entry, double factor) {
    return new LatencyEntry(
        entry.medianMillis() * factor,
        scaled(entry.meanMillis(), factor),
        scaled(entry.low95Millis(), factor),
        scaled(entry.high95Millis(), factor),
        scaled(entry.standardDeviationMillis(), factor),
        entry.samples(),
        entry.forks(),
        scaled(entry.standardErrorMillis(), factor));
  }

  private static OptionalDouble scaled(OptionalDouble millis, double factor) {
    return millis.isPresent()
        ? OptionalDouble.of(millis.getAsDouble() * factor)
        : OptionalDouble.empty();
  }

  /** Relative errors stay what they are; only the range moves. */
  private static Verification scaled(Verification verification, double factor) {
    return new Verification(
        verification.created(),
        verification.networks(),
        verification.lowMillis() * factor,
        verification.highMillis() * factor,
        verification.residual95(),
        verification.meanAbsoluteRelativeError(),
        verification.within5Percent(),
        verification.within10Percent(),
        verification.spearman());
  }
}
