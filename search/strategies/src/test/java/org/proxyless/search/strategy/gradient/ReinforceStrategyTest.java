package org.proxyless.search.strategy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.FakeEvaluator;
import org.proxyless.search.strategy.TargetReward;

class ReinforceStrategyTest {
  private static final int[] SIZES = {2, 3};
  private static final double[][] REWARD = {{0.1, 0.5, 0.2}, {0.2, 0.6, 0.9}};

  /**
   * Averaged over all paths by their probability, the estimator is −∇ E[r], whatever the baseline.
   */
  @Test
  void itsGradientIsTheScoreFunctionEstimator() {
    double[][] alphas = {{0.3, -0.4}, {0.1, 0.7, -0.2}};
    double[][] p = Categorical.softmax(alphas);
    for (double baseline : new double[] {0, 0.35, -2}) {
      double[][] expectation = {{0, 0}, {0, 0, 0}};
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          double[][] one =
              ReinforceStrategy.gradient(
                  p, new int[][] {{i, j}}, new double[] {REWARD[i][j]}, baseline);
          for (int e = 0; e < 2; e++) {
            for (int c = 0; c < SIZES[e]; c++) {
              expectation[e][c] += p[0][i] * p[1][j] * one[e][c];
            }
          }
        }
      }
      for (int e = 0; e < 2; e++) {
        for (int c = 0; c < SIZES[e]; c++) {
          double kept = alphas[e][c];
          alphas[e][c] = kept + 1e-6;
          double slope = expectedReward(alphas);
          alphas[e][c] = kept - 1e-6;
          slope = (slope - expectedReward(alphas)) / 2e-6;
          alphas[e][c] = kept;
          assertThat(expectation[e][c]).isCloseTo(-slope, within(1e-8));
        }
      }
    }
  }

  private static double expectedReward(double[][] alphas) {
    double[][] p = Categorical.softmax(alphas);
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        sum += p[0][i] * p[1][j] * REWARD[i][j];
      }
    }
    return sum;
  }

  @Test
  void itFindsTheBestArmOfABanditWithinTheTarget() {
    SpaceLatency latency = new SpaceLatency(0, new double[][] {{1, 2}, {1, 1, 3}});
    FakeEvaluator bandit = new FakeEvaluator(SIZES, path -> REWARD[path[0]][path[1]]);
    for (double target : new double[] {10, 4}) {
      ReinforceStrategy strategy =
          new ReinforceStrategy(
              SIZES, latency, new TargetReward(target), 0.02, new SplittableRandom(7));
      for (int step = 0; step < 500; step++) {
        strategy.architectureStep(bandit, FakeEvaluator.BATCH);
      }
      // {1, 2} is worth 0.9 at 5 ms; within 4 ms {1, 1} is the best, worth 0.6.
      int[] best = target > 5 ? new int[] {1, 2} : new int[] {1, 1};
      assertThat(strategy.propose(target).get(0)).containsExactly(best);
      assertThat(strategy.probabilities()[0][best[0]]).isGreaterThan(0.9);
    }
  }
}
