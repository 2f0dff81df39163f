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
import org.proxyless.search.strategy.AddLinearLoss;
import org.proxyless.search.strategy.AugmentedLagrangian;
import org.proxyless.search.strategy.GradientStrategy;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.MulLogLoss;
import org.proxyless.search.strategy.RandomStrategy;
import org.proxyless.search.strategy.ReinforceStrategy;
import org.proxyless.search.strategy.SeveralStrategies;
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
    return switch (settings.strategy()) {
      case GRADIENT ->
          new GradientStrategy(
              edgeSizes,
              latency,
              loss(settings.latencyLoss(), latency, boundMillis, others, schedule),
              settings.gates() == GateMode.TWO,
              schedule.architectureRate(),
              others,
              random);
      case REINFORCE ->
          new ReinforceStrategy(
              edgeSizes,
              latency,
              new TargetReward(boundMillis),
              schedule.architectureRate(),
              others,
              random);
      case RANDOM -> new RandomStrategy(edgeSizes, latency, boundMillis, others, random);
      case ASNG, ENAS, NASNET_PPO, EVOLUTION, BAYES ->
          new EvaluatingStrategy(
              EvaluationStrategies.create(
                  settings.strategy(), new LimitedSpace(latency, boundMillis, others), random),
              latency,
              others);
    };
  }

  private static LatencyLoss loss(
      LatencyLossKind kind,
      SpaceLatency latency,
      double boundMillis,
      List<Limit> others,
      SearchSchedule schedule) {
    return switch (kind) {
      case TARGET -> {
        List<Limit> limits = new ArrayList<>(others);
        limits.add(0, Limit.latency(latency, boundMillis));
        yield new TargetProjection(limits);
      }
      case LAGRANGIAN -> new AugmentedLagrangian(boundMillis, schedule.architectureSteps() / 2);
      case MUL_LOG -> new MulLogLoss(boundMillis);
      case ADD_LINEAR -> new AddLinearLoss(boundMillis);
    };
  }
}
