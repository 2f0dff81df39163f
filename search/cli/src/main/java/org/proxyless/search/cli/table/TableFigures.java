package org.proxyless.search.cli.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.JsonReport;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.TableEstimate;
import org.proxyless.latency.Verification;

/** A table under stable keys, for {@code table show --json}. */
final class TableFigures {
  private TableFigures() {}

  static JsonReport of(LatencyTable table) {
    List<Map<String, Object>> entries =
        table.entries().entrySet().stream().map(e -> entry(e.getKey(), e.getValue())).toList();
    return new JsonReport()
        .put("device", table.device())
        .put("kind", table.kind().toString())
        .put("space", table.space())
        .put("unit", "ms")
        .put("created", table.created().toString())
        .put("fingerprint", table.fingerprint().facts())
        .put("settings", table.settings())
        .put("toolVersions", table.toolVersions())
        .put("correction", table.correction())
        .put("verification", table.verification().map(TableFigures::verification).orElse(null))
        .put("estimate", table.estimate().map(TableFigures::estimate).orElse(null))
        .put("timings", table.timings())
        .put("entries", entries);
  }

  private static Map<String, Object> estimate(TableEstimate estimate) {
    Map<String, Object> terms = new LinkedHashMap<>();
    for (String key : estimate.keys()) {
      terms.put(
          key,
          Map.of(
              "millis",
              estimate.millis(key),
              "standardDeviationMillis",
              estimate.standardDeviationMillis(key)));
    }
    return Map.of("discrepancy", estimate.discrepancy(), "terms", terms);
  }

  private static Map<String, Object> entry(String key, LatencyEntry entry) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("key", key);
    figures.put("medianMillis", entry.medianMillis());
    entry.meanMillis().ifPresent(value -> figures.put("meanMillis", value));
    entry.low95Millis().ifPresent(value -> figures.put("low95Millis", value));
    entry.high95Millis().ifPresent(value -> figures.put("high95Millis", value));
    entry
        .standardDeviationMillis()
        .ifPresent(value -> figures.put("standardDeviationMillis", value));
    entry.standardErrorMillis().ifPresent(value -> figures.put("standardErrorMillis", value));
    entry.samples().ifPresent(value -> figures.put("samples", value));
    entry.forks().ifPresent(value -> figures.put("forks", value));
    return figures;
  }

  private static Map<String, Object> verification(Verification last) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("created", last.created().toString());
    figures.put("networks", last.networks());
    figures.put("lowMillis", last.lowMillis());
    figures.put("highMillis", last.highMillis());
    figures.put("residual95", last.residual95());
    figures.put("meanAbsoluteRelativeError", last.meanAbsoluteRelativeError());
    figures.put("within5Percent", last.within5Percent());
    figures.put("within10Percent", last.within10Percent());
    figures.put("spearman", last.spearman());
    return figures;
  }
}
