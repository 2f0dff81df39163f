package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
  private static final FeasibleSpace SPACE = ToySpace.within(9);
  private static final List<int[]> POOL = SPACE.pool(1000, new SplittableRandom(1));
  private static final NetworkFeatures[] FEATURES = NetworkFeatures.of(POOL, SPACE);
  private static final NetworkKernel KERNEL = new NetworkKernel(NetworkKernel.typical(4));
  private static final int[] OBSERVED = {3, 11, 20};
  private static final double[] SCORES = {0.4, -1.2, 0.9};

  /** mean k*ᵀ (K + σ²I)⁻¹ y, variance k** − k*ᵀ (K + σ²I)⁻¹ k*. */
  @Test
  void thePosteriorIsTheTextbooks() {
    GaussianProcess process = new GaussianProcess(KERNEL, FEATURES, OBSERVED, 3);
    RealMatrix k = MatrixUtils.createRealMatrix(3, 3);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        k.setEntry(i, j, covariance(OBSERVED[i], OBSERVED[j]) + (i == j ? KERNEL.noise() : 0));
      }
    }
    RealMatrix inverse = MatrixUtils.inverse(k);
    double[] mean = process.mean(SCORES);
    for (int x = 0; x < FEATURES.length; x++) {
      double[] cross = new double[3];
      for (int i = 0; i < 3; i++) {
        cross[i] = covariance(OBSERVED[i], x);
      }
      RealMatrix row = MatrixUtils.createRowRealMatrix(cross);
      RealMatrix weighted = row.multiply(inverse);
      double expected = weighted.operate(SCORES)[0];
      double variance = covariance(x, x) - weighted.multiply(row.transpose()).getEntry(0, 0);
      assertThat(mean[x]).isCloseTo(expected, within(1e-10));
      assertThat(process.deviation(x)).isCloseTo(Math.sqrt(variance), within(1e-8));
    }
  }

  private static double covariance(int a, int b) {
    return KERNEL.covariance(FEATURES[a], FEATURES[b]);
  }

  @Test
  void observationsAddedLaterCountAsIfTheyHadBeenThere() {
    GaussianProcess atOnce = new GaussianProcess(KERNEL, FEATURES, OBSERVED, 3);
    GaussianProcess grown = new GaussianProcess(KERNEL, FEATURES, new int[] {3}, 3);
    grown.add(11);
    grown.add(20);
    double[] expected = atOnce.mean(SCORES);
    double[] mean = grown.mean(SCORES);
    for (int x = 0; x < mean.length; x++) {
      assertThat(mean[x]).isCloseTo(expected[x], within(1e-10));
      assertThat(grown.deviation(x)).isCloseTo(atOnce.deviation(x), within(1e-8));
    }
  }

  @Test
  void theVarianceOfANetworkIsItsCovarianceWithItself() {
    assertThat(covariance(5, 5)).isCloseTo(KERNEL.variance(), within(1e-12));
  }

  @Test
  void aFittedKernelExplainsTheScoresBetterThanATypicalOne() {
    double[] scores =
        NormalScores.of(POOL.stream().mapToDouble(path -> path[3] + path[1] / 9.0).toArray());
    NetworkKernel fitted = new KernelFit(4, new SplittableRandom(2)).fit(FEATURES, scores);
    assertThat(KernelFit.logLikelihood(fitted, FEATURES, scores))
        .isGreaterThan(KernelFit.logLikelihood(KERNEL, FEATURES, scores) + 5);
  }

  /** log N(y; 0, K) up to n/2·log 2π, by the determinant and the inverse. */
  @Test
  void theLikelihoodIsTheNormals() {
    NetworkFeatures[] three = {FEATURES[3], FEATURES[11], FEATURES[20]};
    RealMatrix k = MatrixUtils.createRealMatrix(KERNEL.ofObserved(three));
    double determinant = new LUDecomposition(k).getDeterminant();
    double[] solved = MatrixUtils.inverse(k).operate(SCORES);
    double expected = -Math.log(determinant) / 2;
    for (int i = 0; i < 3; i++) {
      expected -= SCORES[i] * solved[i] / 2;
    }
    assertThat(KernelFit.logLikelihood(KERNEL, three, SCORES)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void theExpectedImprovementIsItsIntegral() {
    for (double[] it : new double[][] {{0.2, 0.7, 0.5}, {1.5, 0.3, 0.5}, {-2, 1, 0.5}}) {
      NormalDistribution normal = new NormalDistribution(null, it[0], it[1]);
      double integral =
          new SimpsonIntegrator()
              .integrate(
                  100_000, f -> (f - it[2]) * normal.density(f), it[2], it[2] + 12 * it[1] + 3);
      double improvement = ExpectedImprovement.of(it[0], it[1], it[2]);
      assertThat(improvement).isCloseTo(integral, within(1e-6));
      assertThat(ExpectedImprovement.bound(it[0], it[1], it[2]))
          .isGreaterThanOrEqualTo(improvement);
    }
  }

  @Test
  void normalScoresKeepTheOrderAndNothingElse() {
    double[] scores = NormalScores.of(new double[] {3, -100, 3.001, 3});
    assertThat(scores[0]).isEqualTo(scores[3]).isCloseTo(0, within(1e-9));
    assertThat(scores).isEqualTo(NormalScores.of(new double[] {8, 7, 900, 8}));
    assertThat(scores[2]).isCloseTo(1.1503, within(1e-3));
  }
}
