package org.proxyless.search.strategy.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.Categorical;

class GateSamplingTest {
  private static final double[][] MILLIS = {{1, 2, 4}, {0.5, 3, 0}};
  private static final SpaceLatency LATENCY = new SpaceLatency(0.7, MILLIS);
  private static final double[][] ALPHAS = {{0.3, -0.2, 0.9}, {-1, 0.4, 0.1}};

  /** Some smooth function of gates, whose gradient at g0 stands for what the supernet returns. */
  private static double crossEntropy(double[][] gates) {
    double sum = 0;
    for (int e = 0; e < gates.length; e++) {
      for (int c = 0; c < gates[e].length; c++) {
        sum += Math.sin(1.7 * gates[e][c] + e + 2 * c) + gates[e][c] * gates[1 - e][c];
      }
    }
    return sum;
  }

  private static double[][] gradient(Function<double[][], Double> f, double[][] at) {
    double[][] x = copy(at);
    double[][] gradient = copy(at);
    for (int e = 0; e < x.length; e++) {
      for (int c = 0; c < x[e].length; c++) {
        double kept = x[e][c];
        x[e][c] = kept + 1e-6;
        gradient[e][c] = f.apply(x);
        x[e][c] = kept - 1e-6;
        gradient[e][c] = (gradient[e][c] - f.apply(x)) / 2e-6;
        x[e][c] = kept;
      }
    }
    return gradient;
  }

  private static double[][] copy(double[][] values) {
    return new double[][] {values[0].clone(), values[1].clone()};
  }

  private static double[][] oneHot(int[] path) {
    double[][] gates = new double[2][3];
    gates[0][path[0]] = 1;
    gates[1][path[1]] = 1;
    return gates;
  }

  /** p(a) over all candidates, or over each edge's sampled ones alone. */
  private static double[][] distribution(double[][] alphas, boolean[][] sampled) {
    double[][] p = new double[2][3];
    for (int e = 0; e < 2; e++) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        p[e][c] = sampled[e][c] ? Math.exp(alphas[e][c]) : 0;
        sum += p[e][c];
      }
      for (int c = 0; c < 3; c++) {
        p[e][c] /= sum;
      }
    }
    return p;
  }

  /** The estimator is straight-through: it is the gradient of L(g0 + p(a) − p(a0)) at a = a0. */
  private static void assertStraightThrough(GateSampling sampling) {
    SplittableRandom random = new SplittableRandom(3);
    for (int repeat = 0; repeat < 20; repeat++) {
      GateSampling.Draw draw = sampling.draw(ALPHAS, random);
      double[][] g0 = oneHot(draw.path());
      double[][] p0 = distribution(ALPHAS, draw.sampled());
      Function<double[][], Double> loss =
          alphas -> {
            double[][] p = distribution(alphas, draw.sampled());
            double[][] gates = new double[2][3];
            double millis = 0;
            for (int e = 0; e < 2; e++) {
              for (int c = 0; c < 3; c++) {
                gates[e][c] = g0[e][c] + p[e][c] - p0[e][c];
                millis += p[e][c] * MILLIS[e][c];
              }
            }
            return 0.8 * crossEntropy(gates) + 0.05 * millis;
          };
      double[][] gateGradients = gradient(GateSamplingTest::crossEntropy, g0);
      for (int e = 0; e < 2; e++) {
        for (int c = 0; c < 3; c++) {
          gateGradients[e][c] *= draw.sampled()[e][c] ? 1 : 0;
        }
      }
      double[][] actual = sampling.gradient(draw, ALPHAS, gateGradients, 0.8, LATENCY, 0.05);
      double[][] expected = gradient(loss, ALPHAS);
      for (int e = 0; e < 2; e++) {
        assertThat(actual[e]).containsExactly(expected[e], within(1e-7));
      }
    }
  }

  @Test
  void allGatesAreTheStraightThroughGradient() {
    assertStraightThrough(new AllGates());
  }

  @Test
  void twoGatesAreTheStraightThroughGradientOverThePair() {
    assertStraightThrough(new TwoGates());
  }

  @Test
  void twoGatesLeaveTheProbabilitiesOfOthersAsTheyWere() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] alphas = {{0.3, -0.2, 0.9, 0}, {-1, 0.4, 0.1, 2}};
    TwoGates sampling = new TwoGates();
    for (int step = 0; step < 100; step++) {
      double[][] before = Categorical.softmax(alphas);
      GateSampling.Draw draw = sampling.draw(alphas, random);
      sampling.step(
          draw,
          alphas,
          values -> {
            for (int e = 0; e < 2; e++) {
              for (int c = 0; c < 4; c++) {
                values[e][c] += draw.sampled()[e][c] ? random.nextDouble(-1, 1) : 0;
              }
            }
          });
      double[][] after = Categorical.softmax(alphas);
      for (int e = 0; e < 2; e++) {
        int moved = 0;
        for (int c = 0; c < 4; c++) {
          if (draw.sampled()[e][c]) {
            moved += Math.abs(after[e][c] - before[e][c]) > 1e-9 ? 1 : 0;
          } else {
            assertThat(after[e][c]).isCloseTo(before[e][c], within(1e-12));
          }
        }
        assertThat(moved).isEqualTo(2);
      }
    }
  }

  @Test
  void twoGatesSampleTwoWithoutReplacementAndActivateOneByItsShare() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] alphas = {{Math.log(0.6), Math.log(0.3), Math.log(0.1)}};
    int[][] pairs = new int[3][3];
    int active = 0;
    int draws = 200_000;
    for (int i = 0; i < draws; i++) {
      GateSampling.Draw draw = new TwoGates().draw(alphas, random);
      boolean[] sampled = draw.sampled()[0];
      int absent = !sampled[0] ? 0 : !sampled[1] ? 1 : 2;
      pairs[absent][draw.path()[0]]++;
      active += draw.path()[0] == absent ? 1 : 0;
    }
    assertThat(active).isZero();
    // P{0, 1} = 0.6·0.3/0.4 + 0.3·0.6/0.7, of which the first takes 0.6/0.9.
    double pair = 0.6 * 0.3 / 0.4 + 0.3 * 0.6 / 0.7;
    assertThat(pairs[2][0] / (double) draws).isCloseTo(pair * 2 / 3, within(0.005));
    assertThat(pairs[2][1] / (double) draws).isCloseTo(pair / 3, within(0.005));
  }
}
