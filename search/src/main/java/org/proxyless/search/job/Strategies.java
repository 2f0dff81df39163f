package org.proxyless.search.job;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.run.GateMode;
import org.proxyless.search.run.LatencyLossKind;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.run.StrategyKind;
import org.proxyless.search.strategy.AddLinearLoss;
import org.proxyless.search.strategy.DartsStrategy;
import org.proxyless.search.strategy.GdasStrategy;
import org.proxyless.search.strategy.GradientStrategy;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.MulLogLoss;
import org.proxyless.search.strategy.RandomStrategy;
import org.proxyless.search.strategy.ReinforceStrategy;
import org.proxyless.search.strategy.SnasStrategy;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.TargetProjection;
import org.proxyless.search.strategy.TargetReward;
import org.proxyless.search.train.SearchSchedule;

/** Makes the strategy that the settings ask for. */
final class Strategies {
  private Strategies() {}

  static Strategy create(
      SearchSettings settings,
      SpaceLatency latency,
      double targetMillis,
      SearchSchedule schedule,
      RandomGenerator random) {
    int[] edgeSizes =
        Arrays.stream(latency.operatorMillis()).mapToInt(edge -> edge.length).toArray();
    return switch (settings.strategy()) {
      case GRADIENT ->
          new GradientStrategy(
              edgeSizes,
              latency,
              loss(settings.latencyLoss(), latency, targetMillis),
              settings.gates() == GateMode.TWO,
              schedule.architectureRate(),
              random);
      case REINFORCE ->
          new ReinforceStrategy(
              edgeSizes,
              latency,
              new TargetReward(targetMillis),
              schedule.architectureRate(),
              random);
      case DARTS_1, DARTS_2 ->
          new DartsStrategy(
              edgeSizes,
              latency,
              new TargetProjection(latency, targetMillis),
              settings.strategy() == StrategyKind.DARTS_2,
              schedule.architectureRate(
                  DartsStrategy.PUBLISHED_RATE, DartsStrategy.PUBLISHED_TRAVEL),
              random);
      case SNAS ->
          new SnasStrategy(
              edgeSizes,
              latency,
              new TargetProjection(latency, targetMillis),
              schedule.architectureRate(SnasStrategy.PUBLISHED_RATE, SnasStrategy.PUBLISHED_TRAVEL),
              schedule.architectureSteps(),
              random);
      case GDAS ->
          new GdasStrategy(
              edgeSizes,
              latency,
              new TargetProjection(latency, targetMillis),
              schedule.architectureRate(GdasStrategy.PUBLISHED_RATE, GdasStrategy.PUBLISHED_TRAVEL),
              schedule.architectureSteps(),
              random);
      case RANDOM -> new RandomStrategy(edgeSizes, latency, targetMillis, random);
    };
  }

  private static LatencyLoss loss(LatencyLossKind kind, SpaceLatency latency, double targetMillis) {
    return switch (kind) {
      case TARGET -> new TargetProjection(latency, targetMillis);
      case MUL_LOG -> new MulLogLoss(targetMillis);
      case ADD_LINEAR -> new AddLinearLoss(targetMillis);
    };
  }
}
