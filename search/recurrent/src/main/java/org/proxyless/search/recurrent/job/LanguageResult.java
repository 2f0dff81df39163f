package org.proxyless.search.recurrent.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.proxyless.base.JsonReport;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.latency.Part;
import org.proxyless.search.recurrent.latency.PartTable;
import org.proxyless.search.recurrent.text.TextUnit;

/**
 * What a run ended with.
 *
 * @param targetMillis of a token; null where nothing was searched
 * @param measured the exported file
 * @param validationLoss of a token, in nats
 * @param testLoss of a token, in nats, over the whole test text from a state of zeros
 */
public record LanguageResult(
    Architecture architecture,
    TextUnit unit,
    int vocabulary,
    PartTable table,
    Double targetMillis,
    NetworkMeasurement measured,
    double validationLoss,
    double testLoss,
    Path runDirectory,
    Path savedModel) {

  /** Whether a token of the exported file takes no longer than it may; true without a target. */
  public boolean meetsTarget() {
    return targetMillis == null || measured.medianMillis() <= targetMillis;
  }

  /** What a user is shown. */
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add("cell      " + architecture.cell().text());
    lines.add(
        String.format(
            Locale.ROOT,
            "size      embedding %d%s, vocabulary %d, %,d parameters",
            architecture.embedding(),
            architecture.rank() > 0 ? " of rank " + architecture.rank() : "",
            vocabulary,
            architecture.parameters(vocabulary)));
    lines.add("");
    lines.addAll(parts());
    lines.add("");
    double predicted = table.predict(architecture);
    lines.add(
        String.format(
            Locale.ROOT,
            "latency   %spredicted %.4f ms a token, measured %.4f ms (95 %% interval %.4f to"
                + " %.4f)%s",
            targetMillis == null
                ? ""
                : String.format(Locale.ROOT, "target %.4g ms; ", targetMillis),
            predicted,
            measured.medianMillis(),
            measured.interval95Millis().low(),
            measured.interval95Millis().high(),
            targetMillis == null
                ? ""
                : meetsTarget() ? ": the target is met" : ": the target is NOT met"));
    lines.add(
        "text      validation "
            + TextFigures.text(unit, validationLoss)
            + ", test "
            + TextFigures.text(unit, testLoss));
    lines.add("written   " + savedModel + " (SavedModel: step, score, continue)");
    lines.add("          " + runDirectory + " (everything about the run)");
    return lines;
  }

  /** The table, by parts. */
  private List<String> parts() {
    Map<String, double[]> counted = new TreeMap<>();
    List<String> order = new ArrayList<>();
    for (Part part : Part.of(architecture)) {
      counted.computeIfAbsent(
          part.key(),
          key -> {
            order.add(key);
            return new double[2];
          });
      counted.get(part.key())[0]++;
      counted.get(part.key())[1] += table.millis(part);
    }
    List<String> lines = new ArrayList<>(List.of("part                   times         ms"));
    for (String key : order) {
      lines.add(
          String.format(
              Locale.ROOT, "%-22s %5.0f  %9.5f", key, counted.get(key)[0], counted.get(key)[1]));
    }
    return lines;
  }

  /** The figures of {@code --json}. */
  public JsonReport figures() {
    return new JsonReport()
        .put("cell", architecture.cell().text())
        .put("embedding", architecture.embedding())
        .put("rank", architecture.rank())
        .put("vocabulary", vocabulary)
        .put("parameters", architecture.parameters(vocabulary))
        .put("targetMillis", targetMillis)
        .put("predictedMillis", table.predict(architecture))
        .put("measuredMillis", measured.medianMillis())
        .put("meetsTarget", meetsTarget())
        .put("validationLossNats", validationLoss)
        .put("testLossNats", testLoss)
        .put(
            unit == TextUnit.WORDS ? "testPerplexity" : "testBitsPerCharacter",
            TextFigures.of(unit, testLoss))
        .put("runDirectory", runDirectory.toString())
        .put("savedModel", savedModel.toString());
  }
}
