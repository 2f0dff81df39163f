package org.proxyless.search.compare;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.proxyless.base.JsonReport;
import org.proxyless.network.Network;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.RankSettings;
import org.proxyless.search.statistics.RankCorrelation;

/**
 * How networks rank by estimates and by full training.
 *
 * @param run directory of the search
 * @param settings of the ranking
 * @param seed of the draws and the trainings
 * @param targetMillis of the search
 * @param networks in the order in which they were drawn
 * @param agreements one for each estimate, in the order of the settings
 */
public record Ranking(
    Path run,
    RankSettings settings,
    long seed,
    double targetMillis,
    List<Ranked> networks,
    List<Agreement> agreements) {

  /**
   * One network.
   *
   * @param ofTheSpace whether it was drawn from the whole space, not from those within the target
   * @param latencyMillis by the table
   * @param withinTarget whether that is at most the target
   * @param ownAccuracy on the test images after full training
   */
  public record Ranked(
      Network network,
      boolean ofTheSpace,
      double latencyMillis,
      boolean withinTarget,
      double ownAccuracy) {}

  /** Copies the lists. */
  public Ranking {
    networks = List.copyOf(networks);
    agreements = List.copyOf(agreements);
  }

  /** Writes the figures; their keys are explained in {@code docs/compare.md}. */
  public void writeJson(Path file) {
    JsonReport report =
        new JsonReport()
            .put("run", run)
            .put("epochs", settings.training().epochs())
            .put("seed", seed)
            .put("targetMillis", targetMillis)
            .put("fidelity", settings.fidelity());
    shared()
        .ifPresent(
            agreement ->
                report
                    .put("kendallOverall", figures(agreement.overall()))
                    .put("kendallWithinTarget", figures(agreement.withinTarget())));
    report
        .put("estimates", agreements.stream().map(Ranking::figures).toList())
        .put("networks", IntStream.range(0, networks.size()).mapToObj(this::figures).toList())
        .write(file);
  }

  private Optional<Agreement> shared() {
    return agreements.stream()
        .filter(agreement -> agreement.estimate() == EstimateKind.SHARED_WEIGHTS)
        .findFirst();
  }

  private static Map<String, Object> figures(Agreement agreement) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("estimate", agreement.estimate().toString());
    figures.put("kendallOverall", figures(agreement.overall()));
    figures.put("kendallWithinTarget", figures(agreement.withinTarget()));
    figures.put("costShare", agreement.costShare());
    figures.put("trainingStepsANetwork", agreement.trainingStepsANetwork());
    figures.put("secondsANetwork", agreement.secondsANetwork());
    return figures;
  }

  private static Map<String, Object> figures(Optional<RankCorrelation> correlation) {
    return correlation
        .map(
            found -> {
              Map<String, Object> figures = new LinkedHashMap<>();
              figures.put("tau", found.tau());
              figures.put(
                  "interval95", List.of(found.interval95().low(), found.interval95().high()));
              figures.put("networks", found.pairs());
              return figures;
            })
        .orElse(null);
  }

  private Map<String, Object> figures(int network) {
    Ranked ranked = networks.get(network);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ofTheSpace", ranked.ofTheSpace());
    figures.put("latencyMillis", ranked.latencyMillis());
    figures.put("withinTarget", ranked.withinTarget());
    Map<String, Object> estimates = new LinkedHashMap<>();
    agreements.forEach(
        agreement ->
            estimates.put(
                agreement.estimate().toString(),
                agreement.networks().get(network).score().accuracy()));
    shared()
        .ifPresent(
            agreement ->
                figures.put(
                    "sharedAccuracy", agreement.networks().get(network).score().accuracy()));
    figures.put("estimates", estimates);
    figures.put("ownTestAccuracy", ranked.ownAccuracy());
    figures.put(
        "operators",
        ranked.network().operators().stream().map(operator -> operator.type().label()).toList());
    return figures;
  }
}
