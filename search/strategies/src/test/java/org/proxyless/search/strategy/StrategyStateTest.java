package org.proxyless.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.proxyless.base.SavedRandom;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.gradient.DartsStrategy;
import org.proxyless.search.strategy.gradient.GdasStrategy;
import org.proxyless.search.strategy.gradient.GradientStrategy;
import org.proxyless.search.strategy.gradient.ReinforceStrategy;
import org.proxyless.search.strategy.gradient.SnasStrategy;
import org.proxyless.search.strategy.latency.AddLinearLoss;

class StrategyStateTest {
  private static final int[] SIZES = {3, 2, 3};
  private static final double TARGET_MILLIS = 2;
  private static final SpaceLatency LATENCY =
      new SpaceLatency(0.1, new double[][] {{1, 0.8, 0}, {1, 0.5}, {0.3, 0.7, 0}});

  private static final TargetProjection PROJECTION = new TargetProjection(LATENCY, TARGET_MILLIS);
  private static final Batch BATCH = new Batch(new float[0], new int[0], 0);

  private static final List<Function<RandomGenerator, Strategy>> STRATEGIES =
      List.of(
          random ->
              new GradientStrategy(
                  SIZES, LATENCY, new TargetProjection(LATENCY, TARGET_MILLIS), true, 0.1, random),
          random ->
              new GradientStrategy(
                  SIZES, LATENCY, new AddLinearLoss(TARGET_MILLIS), false, 0.1, random),
          random ->
              new ReinforceStrategy(SIZES, LATENCY, new TargetReward(TARGET_MILLIS), 0.1, random),
          random -> new DartsStrategy(SIZES, LATENCY, PROJECTION, false, 0.1, List.of(), random),
          random -> new DartsStrategy(SIZES, LATENCY, PROJECTION, true, 0.1, List.of(), random),
          random -> new SnasStrategy(SIZES, LATENCY, PROJECTION, 0.1, 20, List.of(), random),
          random -> new GdasStrategy(SIZES, LATENCY, PROJECTION, 0.1, 20, List.of(), random),
          random -> new RandomStrategy(SIZES, LATENCY, TARGET_MILLIS, random));

  /** Prefers low candidates, and has nothing that training changes. */
  private static final MixtureWeights WEIGHTS =
      new MixtureWeights() {
        @Override
        public int[] edgeSizes() {
          return SIZES;
        }

        @Override
        public PathScore score(int[] path, Batch batch) {
          return new PathScore(1 + path[0] + path[1], 1.0 / (1 + path[0] + path[2]));
        }

        @Override
        public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
          double[][] gradients = {{-1, 0.5, 0.1}, {0.2, -0.7}, {0.3, path[0], -0.4}};
          return new GateGradients(score(path, batch), gradients);
        }

        @Override
        public PathScore trainWeights(int[] path, Batch training, double learningRate) {
          return score(path, training);
        }

        @Override
        public PathScore trainWeights(double[][] mixture, Batch training, double learningRate) {
          return new PathScore(1, 0.5);
        }

        @Override
        public GateGradients mixtureGradients(double[][] mixture, Batch validation) {
          return new GateGradients(new PathScore(1, 0.5), shiftedGradients(mixture, validation, 1));
        }

        @Override
        public LookAhead lookAhead(
            double[][] mixture, Batch training, Batch validation, double learningRate) {
          return new LookAhead(mixtureGradients(mixture, validation), 1);
        }

        @Override
        public double[][] shiftedGradients(double[][] mixture, Batch training, double distance) {
          double[][] gradients = {{-1, 0.5, 0.1}, {0.2, -0.7}, {0.3, mixture[0][1], -0.4}};
          gradients[1][0] *= distance;
          return gradients;
        }
      };

  private static void steps(Strategy strategy, int number) {
    for (int i = 0; i < number && strategy.learns(); i++) {
      strategy.round(WEIGHTS, BATCH, 0.1, Optional.of(BATCH));
    }
  }

  @Test
  void aRestoredStrategyGoesOnToTheLastBit() {
    for (Function<RandomGenerator, Strategy> make : STRATEGIES) {
      SavedRandom random = SavedRandom.of(1, 0);
      Strategy strategy = make.apply(random);
      steps(strategy, 7);
      Map<String, double[]> state = strategy.state();
      long randomState = random.state();
      steps(strategy, 9);

      SavedRandom otherRandom = SavedRandom.of(2, 0);
      Strategy restored = make.apply(otherRandom);
      restored.restore(state);
      otherRandom.restore(randomState);
      steps(restored, 9);
      assertThat(restored.probabilities()).isDeepEqualTo(strategy.probabilities());
      assertThat(restored.samplePath()).isEqualTo(strategy.samplePath());
      assertThat(restored.propose(TARGET_MILLIS))
          .usingRecursiveComparison()
          .isEqualTo(strategy.propose(TARGET_MILLIS));
      Map<String, double[]> end = strategy.state();
      assertThat(restored.state().keySet()).isEqualTo(end.keySet());
      restored.state().forEach((name, values) -> assertThat(values).containsExactly(end.get(name)));
    }
  }
}
