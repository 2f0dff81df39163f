package org.proxyless.search.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.search.job.revisit.Estimation.Timed;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.statistics.RankCorrelation;

/**
 * How well one kind of estimate ranks networks, and what it costs.
 *
 * @param estimate the kind
 * @param networks what it said of each network, in their order
 * @param costShare its multiply-accumulates in parts of full training's
 * @param overall over the draws from the whole space; empty if all accuracies are equal
 * @param withinTarget over all within the target; empty if there are fewer than three
 */
public record Agreement(
    EstimateKind estimate,
    List<Timed> networks,
    double costShare,
    Optional<RankCorrelation> overall,
    Optional<RankCorrelation> withinTarget) {

  /**
   * Correlates estimates with the truth.
   *
   * @param estimates of these networks, in their order
   * @param fullMacs that training all of them takes
   * @param random of the bootstrap
   */
  static Agreement of(
      EstimateKind kind,
      List<Timed> estimates,
      double fullMacs,
      List<Ranking.Ranked> networks,
      RandomGenerator random) {
    double macs = estimates.stream().mapToDouble(estimate -> estimate.work().macs()).sum();
    return new Agreement(
        kind,
        List.copyOf(estimates),
        macs / fullMacs,
        correlation(estimates, networks, Ranking.Ranked::ofTheSpace, random),
        correlation(estimates, networks, Ranking.Ranked::withinTarget, random));
  }

  private static Optional<RankCorrelation> correlation(
      List<Timed> estimates,
      List<Ranking.Ranked> networks,
      Predicate<Ranking.Ranked> counts,
      RandomGenerator random) {
    int[] chosen =
        IntStream.range(0, networks.size()).filter(i -> counts.test(networks.get(i))).toArray();
    return RankCorrelation.of(
        Arrays.stream(chosen).mapToDouble(i -> estimates.get(i).score().accuracy()).toArray(),
        Arrays.stream(chosen).mapToDouble(i -> networks.get(i).ownAccuracy()).toArray(),
        random);
  }

  /** Mean over the networks. */
  public double secondsANetwork() {
    return networks.stream().mapToDouble(Timed::seconds).average().orElseThrow();
  }

  /** Mean over the networks. */
  public double trainingStepsANetwork() {
    return networks.stream()
        .mapToDouble(estimate -> estimate.work().trainingSteps())
        .average()
        .orElseThrow();
  }
}
