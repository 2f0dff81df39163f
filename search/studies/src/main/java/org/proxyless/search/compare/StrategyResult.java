package org.proxyless.search.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.proxyless.search.job.revisit.ScratchTraining.Outcome;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.statistics.Interval;
import org.proxyless.search.statistics.Sample;

/**
 * How a strategy did.
 *
 * @param attempts one for each seed: each a search and a training of its own, so what varies among
 *     them is both
 */
public record StrategyResult(StrategyKind strategy, List<Attempt> attempts) {
  public StrategyResult {
    attempts = List.copyOf(attempts);
  }

  /** The test accuracies from scratch, 0 to 1. */
  public Sample accuracies() {
    return Contest.accuracies(outcomes());
  }

  /** Where its accuracy lies with a chance of 95 %; see {@link Contest#interval95}. */
  public Interval interval95() {
    return Contest.interval95(outcomes());
  }

  private List<Outcome> outcomes() {
    return attempts.stream().map(Attempt::outcome).toList();
  }

  /** The mean of a figure over the attempts. */
  double mean(ToDoubleFunction<Attempt> figure) {
    return attempts.stream().mapToDouble(figure).average().orElseThrow();
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("strategy", strategy.toString());
    figures.put("meanTestAccuracy", accuracies().mean());
    figures.put("interval95", Comparison.ends(Optional.of(interval95())));
    figures.put("testAccuracies", accuracies().values());
    figures.put("meanPredictedMillis", mean(Attempt::predictedMillis));
    figures.put("meanSearchSeconds", mean(Attempt::searchSeconds));
    figures.put("runs", attempts.stream().map(Attempt::figures).toList());
    return figures;
  }
}
