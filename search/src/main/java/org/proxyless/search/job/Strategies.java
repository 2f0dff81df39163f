package org.proxyless.search.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.latency.OperatorChoice.Limit;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.run.GateMode;
import org.proxyless.search.run.LatencyLossKind;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.run.StrategyKind;
import org.proxyless.search.strategy.AddLinearLoss;
import org.proxyless.search.strategy.AugmentedLagrangian;
import org.proxyless.search.strategy.DartsStrategy;
import org.proxyless.search.strategy.GdasStrategy;
import org.proxyless.search.strategy.GradientStrategy;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.MulLogLoss;
import org.proxyless.search.strategy.RandomStrategy;
import org.proxyless.search.strategy.ReinforceStrategy;
import org.proxyless.search.strategy.SeveralStrategies;
import org.proxyless.search.strategy.SnasStrategy;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.TargetProjection;
import org.proxyless.search.strategy.TargetReward;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.strategy.blackbox.LimitedSpace;
import org.proxyless.search.tabular.EvaluationStrategies;
import org.proxyless.search.train.SearchSchedule;

/** Makes the strategy that the settings ask for. */
final class Strategies {
  private Strategies() {}

  /** One for each target of a search. */
  static List<Strategy> create(
      SearchSettings settings, SearchInput input, SearchSchedule schedule, RandomGenerator random) {
    return input.targets().stream()
        .map(
            target ->
                create(
                    settings,
                    input.priced().latency(),
                    target.boundMillis(),
                    input.others(),
                    schedule,
                    random))
        .toList();
  }

  /** What trains the supernet: the one strategy, or all of them together. */
  static Strategy together(List<Strategy> strategies, List<LatencyTarget> targets) {
    return strategies.size() == 1
        ? strategies.get(0)
        : new SeveralStrategies(
            strategies, targets.stream().map(LatencyTarget::boundMillis).toList());
  }

  private static Strategy create(
      SearchSettings settings,
      SpaceLatency latency,
      double boundMillis,
      List<Limit> others,
      SearchSchedule schedule,
      RandomGenerator random) {
    int[] edgeSizes =
        Arrays.stream(latency.operatorMillis()).mapToInt(edge -> edge.length).toArray();
    double rate = architectureRate(settings.strategy(), schedule);
    return switch (settings.strategy()) {
      case GRADIENT ->
          new GradientStrategy(
              edgeSizes,
              latency,
              loss(settings.latencyLoss(), latency, boundMillis, others, schedule),
              settings.gates() == GateMode.TWO,
              rate,
              others,
              random);
      case REINFORCE ->
          new ReinforceStrategy(
              edgeSizes, latency, new TargetReward(boundMillis), rate, others, random);
      case DARTS_1, DARTS_2 ->
          new DartsStrategy(
              edgeSizes,
              latency,
              projection(latency, boundMillis, others),
              settings.strategy() == StrategyKind.DARTS_2,
              rate,
              others,
              random);
      case SNAS ->
          new SnasStrategy(
              edgeSizes,
              latency,
              projection(latency, boundMillis, others),
              rate,
              schedule.architectureSteps(),
              others,
              random);
      case GDAS ->
          new GdasStrategy(
              edgeSizes,
              latency,
              projection(latency, boundMillis, others),
              rate,
              schedule.architectureSteps(),
              others,
              random);
      case RANDOM -> new RandomStrategy(edgeSizes, latency, boundMillis, others, random);
      case ASNG, ENAS, NASNET_PPO, EVOLUTION, BAYES ->
          evaluating(settings.strategy(), latency, boundMillis, others, random);
    };
  }

  /** One that needs nothing but scores of single networks. */
  static EvaluatingStrategy evaluating(
      StrategyKind kind,
      SpaceLatency latency,
      double boundMillis,
      List<Limit> others,
      RandomGenerator random) {
    return new EvaluatingStrategy(
        EvaluationStrategies.create(kind, new LimitedSpace(latency, boundMillis, others), random),
        latency,
        others);
  }

  /** The learning rate of the architecture parameters of a strategy that has any. */
  static double architectureRate(StrategyKind strategy, SearchSchedule schedule) {
    return switch (strategy) {
      case DARTS_1, DARTS_2 ->
          schedule.architectureRate(DartsStrategy.PUBLISHED_RATE, DartsStrategy.PUBLISHED_TRAVEL);
      case SNAS ->
          schedule.architectureRate(SnasStrategy.PUBLISHED_RATE, SnasStrategy.PUBLISHED_TRAVEL);
      case GDAS ->
          schedule.architectureRate(GdasStrategy.PUBLISHED_RATE, GdasStrategy.PUBLISHED_TRAVEL);
      default -> schedule.architectureRate();
    };
  }

  private static LatencyLoss loss(
      LatencyLossKind kind,
      SpaceLatency latency,
      double boundMillis,
      List<Limit> others,
      SearchSchedule schedule) {
    return switch (kind) {
      case TARGET -> projection(latency, boundMillis, others);
      case LAGRANGIAN -> new AugmentedLagrangian(boundMillis, schedule.architectureSteps() / 2);
      case MUL_LOG -> new MulLogLoss(boundMillis);
      case ADD_LINEAR -> new AddLinearLoss(boundMillis);
    };
  }

  private static TargetProjection projection(
      SpaceLatency latency, double boundMillis, List<Limit> others) {
    List<Limit> limits = new ArrayList<>(others);
    limits.add(0, Limit.latency(latency, boundMillis));
    return new TargetProjection(limits);
  }
}
