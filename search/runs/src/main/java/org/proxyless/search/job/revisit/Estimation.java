package org.proxyless.search.job.revisit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.proxyless.base.Identity;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.network.Network;
import org.proxyless.search.estimate.AccuracyEstimator;
import org.proxyless.search.estimate.Estimate;
import org.proxyless.search.estimate.Work;
import org.proxyless.search.job.keeping.RunningMean;
import org.proxyless.search.job.prepare.Estimators;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.Fidelity;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.strategy.PathScore;

/**
 * Estimates networks of a past search in one way, in the order in which they come. What was
 * estimated so before is not estimated again.
 */
public final class Estimation {
  private static final String FILE = "estimates.yaml";

  private final PastSearch search;
  private final EstimateKind kind;
  private final Fidelity fidelity;
  private final SearchSettings inForce;
  private final Estimators estimators;
  private final AccuracyEstimator estimator;
  private final Progress progress;

  /**
   * An estimate with its costs.
   *
   * @param seconds that it took when it was made
   */
  public record Timed(PathScore score, Work work, double seconds) {}

  /**
   * @param training a full training as it would be; its seed is that of the trainings here
   * @param fidelity of a cheap training
   * @throws InvalidInputException if the run lacks the weights that this kind needs
   */
  public Estimation(
      PastSearch search,
      EstimateKind kind,
      TrainSettings training,
      Fidelity fidelity,
      Progress progress) {
    this.search = search;
    this.kind = kind;
    this.fidelity = fidelity;
    this.progress = progress;
    inForce = search.settings().with(training);
    estimators =
        new Estimators(
            inForce, search.dataset(), search.priced().space(), training.epochs(), fidelity);
    estimator = estimators.create(kind, search::sharedWeights);
  }

  /** What the full training of a network takes. */
  public Work fullWork(int[] path) {
    return estimators.full().work(path);
  }

  /** Estimates networks; the answers are in their order. */
  public List<Timed> of(List<int[]> paths) {
    EstimatedBefore before = EstimatedBefore.read(search.file(FILE));
    List<Timed> estimates = new ArrayList<>();
    try (Phase phase = progress.phase("estimate by " + kind, paths.size())) {
      for (int[] path : paths) {
        Timed estimate = of(path, before, phase, "network " + (estimates.size() + 1));
        estimates.add(estimate);
        phase.step(
            String.format(Locale.ROOT, "accuracy %.2f %%", 100 * estimate.score().accuracy()));
      }
    }
    return estimates;
  }

  private Timed of(int[] path, EstimatedBefore before, Phase phase, String name) {
    String key = key(search.priced().space().network(path));
    Optional<EstimatedBefore.Entry> known = before.find(key);
    if (known.isPresent()) {
      EstimatedBefore.Entry entry = known.get();
      estimator.restore(entry.memory());
      return new Timed(
          new PathScore(entry.loss(), entry.accuracy()),
          new Work(entry.trainingSteps(), entry.macs()),
          entry.seconds());
    }
    RunningMean loss = new RunningMean();
    long start = System.nanoTime();
    Estimate estimate =
        estimator.estimate(
            path,
            (step, rate, score) ->
                phase.step(
                    0,
                    String.format(
                        Locale.ROOT,
                        "%s: step %d, loss %.3f",
                        name,
                        step,
                        loss.add(score.loss()))));
    double seconds = (System.nanoTime() - start) / 1e9;
    before.add(
        new EstimatedBefore.Entry(
            key,
            kind.toString(),
            estimate.score().loss(),
            estimate.score().accuracy(),
            estimate.work().trainingSteps(),
            estimate.work().macs(),
            seconds,
            estimator.state()));
    return new Timed(estimate.score(), estimate.work(), seconds);
  }

  /** The estimator's memory decides as well, for one that has any. */
  private String key(Network network) {
    Map<String, double[]> memory = new TreeMap<>(estimator.state());
    return Identity.hash(
        List.of(
                TrainedBefore.key(network, search.dataset(), inForce),
                kind.toString(),
                kind == EstimateKind.LOW_FIDELITY ? fidelity.toString() : "",
                StrictYaml.tree(memory).toString())
            .stream()
            .collect(Collectors.joining("\n")));
  }
}
