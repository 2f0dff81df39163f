package org.proxyless.search.job.prepare;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.run.settings.Fidelity;
import org.proxyless.search.run.settings.GateMode;
import org.proxyless.search.run.settings.LatencyLossKind;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.SeveralStrategies;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.blackbox.AskedAhead;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.strategy.latency.AddLinearLoss;
import org.proxyless.search.strategy.latency.AugmentedLagrangian;
import org.proxyless.search.strategy.latency.MulLogLoss;
import org.proxyless.search.train.SearchSchedule;

/** Makes the strategy that the settings ask for. */
public final class Strategies {
  private Strategies() {}

  /** One for each target of a search. */
  public static List<Strategy> create(
      SearchSettings settings, SearchInput input, SearchSchedule schedule, RandomGenerator random) {
    return input.targets().stream()
        .map(
            target ->
                create(
                    settings,
                    problem(
                        settings,
                        input.priced().latency(),
                        target.boundMillis(),
                        input.others(),
                        schedule,
                        random)))
        .toList();
  }

  private static Strategy create(SearchSettings settings, SearchProblem problem) {
    return settings.strategy().hasRungs()
        ? evaluating(settings, problem)
        : settings.strategy().factory().create(problem);
  }

  /**
   * One that needs nothing but scores of single networks.
   *
   * @throws org.proxyless.base.InvalidInputException if it needs more
   */
  public static EvaluatingStrategy evaluating(SearchSettings settings, SearchProblem problem) {
    StrategyKind kind = settings.strategy();
    return kind.hasRungs()
        ? kind.fidelityFactory().evaluating(problem, budgets(settings.estimate().fidelity()))
        : kind.evaluationFactory().evaluating(problem);
  }

  /**
   * The same, asked for several networks ahead; empty where a network's rung follows from answers.
   */
  public static Optional<AskedAhead> askedAhead(SearchSettings settings, SearchProblem problem) {
    StrategyKind kind = settings.strategy();
    return kind.hasRungs()
        ? Optional.empty()
        : Optional.of(
            kind.evaluationFactory().askedAhead(problem, settings.estimate().networksAtATime()));
  }

  private static double[] budgets(Fidelity fidelity) {
    return fidelity.rungs().stream().mapToDouble(Fidelity::cost).toArray();
  }

  /** What trains the supernet: the one strategy, or all of them together. */
  public static Strategy together(List<Strategy> strategies, List<LatencyTarget> targets) {
    return strategies.size() == 1
        ? strategies.get(0)
        : new SeveralStrategies(
            strategies, targets.stream().map(LatencyTarget::boundMillis).toList());
  }

  /** What a strategy is made for. */
  public static SearchProblem problem(
      SearchSettings settings,
      SpaceLatency latency,
      double boundMillis,
      List<Limit> others,
      SearchSchedule schedule,
      RandomGenerator random) {
    return new SearchProblem(
        latency,
        boundMillis,
        others,
        loss(settings.latencyLoss(), boundMillis, schedule),
        settings.gates() == GateMode.TWO,
        schedule.architectureSteps(),
        architectureRate(settings.strategy(), schedule),
        random);
  }

  /** The learning rate of the architecture parameters of a strategy that has any. */
  public static double architectureRate(StrategyKind strategy, SearchSchedule schedule) {
    return strategy.factory().architectureRate().of(schedule.architectureSteps());
  }

  private static Optional<LatencyLoss> loss(
      LatencyLossKind kind, double boundMillis, SearchSchedule schedule) {
    if (kind == null) { // a strategy that leaves no choice
      return Optional.empty();
    }
    return switch (kind) {
      case TARGET -> Optional.empty();
      case LAGRANGIAN ->
          Optional.of(new AugmentedLagrangian(boundMillis, schedule.architectureSteps() / 2));
      case MUL_LOG -> Optional.of(new MulLogLoss(boundMillis));
      case ADD_LINEAR -> Optional.of(new AddLinearLoss(boundMillis));
    };
  }
}
