package org.proxyless.search.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.JsonReport;
import org.proxyless.search.run.StrategiesDirectory;
import org.proxyless.search.run.settings.StrategiesSettings;
import org.proxyless.search.statistics.Difference;

/**
 * What a comparison of strategies came to.
 *
 * @param directory where everything about it is
 * @param targetMillis that all of them aimed at
 * @param trainImages that each derived network was trained on
 * @param results in the order of the settings
 */
public record StrategiesComparison(
    StrategiesDirectory directory,
    StrategiesSettings settings,
    double targetMillis,
    int trainImages,
    List<StrategyResult> results) {
  public StrategiesComparison {
    results = List.copyOf(results);
  }

  /**
   * Two strategies.
   *
   * @param difference of the first's accuracies to the second's
   */
  public record Pair(StrategyResult first, StrategyResult second, Difference difference) {}

  /** Each strategy against each that follows it. */
  public List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      for (StrategyResult other : results.subList(i + 1, results.size())) {
        StrategyResult one = results.get(i);
        pairs.add(new Pair(one, other, new Difference(one.accuracies(), other.accuracies())));
      }
    }
    return pairs;
  }

  /** The directories of the searches, strategy by strategy. */
  public List<Path> runs() {
    return results.stream()
        .flatMap(
            result ->
                result.attempts().stream()
                    .map(attempt -> directory.run(result.strategy(), attempt.seed())))
        .toList();
  }

  /** The figures; their keys are explained in {@code docs/compare.md}. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("directory", directory.path().toString());
    figures.put("targetMillis", targetMillis);
    figures.put("timeLimitSeconds", settings.search().timeLimitSeconds());
    figures.put("warmupEpochs", settings.search().warmupEpochs());
    figures.put("searchEpochs", settings.search().epochs());
    figures.put("epochs", settings.epochs());
    figures.put("seeds", settings.seedList());
    figures.put("trainImages", trainImages);
    figures.put("testImages", results.get(0).attempts().get(0).outcome().images());
    figures.put("strategies", results.stream().map(StrategyResult::figures).toList());
    figures.put("differences", pairs().stream().map(StrategiesComparison::figures).toList());
    return figures;
  }

  private static Map<String, Object> figures(Pair pair) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("first", pair.first().strategy().toString());
    figures.put("second", pair.second().strategy().toString());
    figures.putAll(Comparison.figures(pair.difference()));
    return figures;
  }

  /**
   * Writes the figures.
   *
   * @param file or null to write nothing
   */
  public void writeJson(Path file) {
    JsonReport report = new JsonReport();
    figures().forEach(report::put);
    report.write(file);
  }
}
