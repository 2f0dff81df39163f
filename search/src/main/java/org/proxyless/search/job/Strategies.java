package org.proxyless.search.job;

import java.util.Arrays;
import java.util.random.RandomGenerator;
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
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.TargetProjection;
import org.proxyless.search.strategy.TargetReward;
import org.proxyless.search.train.SearchSchedule;

/** Makes the strategy that the settings ask for. */
final class Strategies {
  private Strategies() {}

  /**
   * @param boundMillis what predictions keep
   */
  static Strategy create(
      SearchSettings settings,
      SpaceLatency latency,
      double boundMillis,
      SearchSchedule schedule,
      RandomGenerator random) {
    int[] edgeSizes =
        Arrays.stream(latency.operatorMillis()).mapToInt(edge -> edge.length).toArray();
    return switch (settings.strategy()) {
      case GRADIENT ->
          new GradientStrategy(
              edgeSizes,
              latency,
              loss(settings.latencyLoss(), latency, boundMillis, schedule),
              settings.gates() == GateMode.TWO,
              schedule.architectureRate(),
              random);
      case REINFORCE ->
          new ReinforceStrategy(
              edgeSizes,
              latency,
              new TargetReward(boundMillis),
              schedule.architectureRate(),
              random);
      case RANDOM -> new RandomStrategy(edgeSizes, latency, boundMillis, random);
    };
  }

  private static LatencyLoss loss(
      LatencyLossKind kind, SpaceLatency latency, double boundMillis, SearchSchedule schedule) {
    return switch (kind) {
      case TARGET -> new TargetProjection(latency, boundMillis);
      case LAGRANGIAN -> new AugmentedLagrangian(boundMillis, schedule.architectureSteps() / 2);
      case MUL_LOG -> new MulLogLoss(boundMillis);
      case ADD_LINEAR -> new AddLinearLoss(boundMillis);
    };
  }
}
