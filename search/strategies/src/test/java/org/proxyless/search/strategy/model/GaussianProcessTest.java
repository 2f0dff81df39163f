package org.proxyless.search.strategy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.LimitedSpace;
import org.proxyless.search.strategy.blackbox.NormalScores;
import org.proxyless.search.strategy.blackbox.ToySpace;

class GaussianProcessTest {
  private static final FeasibleSpace SPACE = ToySpace.within(9);
  private static final List<int[]> POOL = SPACE.pool(1000, new SplittableRandom(1));
  private static final NetworkFeatures[] FEATURES = NetworkFeatures.of(POOL, SPACE);
  private static final NetworkKernel KERNEL = new NetworkKernel(NetworkKernel.typical(4));
  private static final int[] OBSERVED = {3, 11, 20};
  private static final double[] SCORES = {0.4, -1.2, 0.9};

  @Test
  void thePosteriorIsTheTextbooks() {
    GaussianProcess process = new GaussianProcess(KERNEL, FEATURES, OBSERVED, 3);
    assertTextbook(process, KERNEL, FEATURES, OBSERVED, SCORES);
  }

  /** Large enough that the pool has several blocks, and the sums go through all their loops. */
  @Test
  void theTextbooksItStaysHoweverItGrows() {
    double[][] millis = new double[5][4];
    for (double[] edge : millis) {
      Arrays.setAll(edge, c -> 1 + c);
    }
    FeasibleSpace space = new LimitedSpace(new SpaceLatency(0, millis), 12, List.of());
    SplittableRandom random = new SplittableRandom(3);
    NetworkFeatures[] features = NetworkFeatures.of(space.pool(2000, random), space);
    NetworkKernel kernel = new NetworkKernel(NetworkKernel.typical(5));
    int[] places = random.ints(0, features.length).distinct().limit(41).toArray();
    double[] scores = random.doubles(places.length, -2, 2).toArray();
    GaussianProcess process =
        new GaussianProcess(kernel, features, Arrays.copyOf(places, 6), places.length);
    for (int n = 6; n < places.length; n++) {
      if (n % 3 == 0) { // sometimes it is asked between two observations, sometimes not
        process.mean(Arrays.copyOf(scores, n));
      } else if (n % 3 == 1) {
        process.deviation(n);
      }
      process.add(places[n]);
    }
    assertThat(features.length).isGreaterThan(400);
    assertTextbook(process, kernel, features, places, scores);
  }

  /** mean k*ᵀ (K + σ²I)⁻¹ y, variance k** − k*ᵀ (K + σ²I)⁻¹ k*. */
  private static void assertTextbook(
      GaussianProcess process,
      NetworkKernel kernel,
      NetworkFeatures[] features,
      int[] observed,
      double[] scores) {
    NetworkFeatures[] known =
        Arrays.stream(observed).mapToObj(place -> features[place]).toArray(NetworkFeatures[]::new);
    RealMatrix inverse =
        MatrixUtils.inverse(MatrixUtils.createRealMatrix(kernel.ofObserved(known)));
    double[] mean = process.mean(scores);
    for (int x = 0; x < features.length; x++) {
      int at = x;
      double[] cross = new double[known.length];
      Arrays.setAll(cross, i -> kernel.covariance(known[i], features[at]));
      RealMatrix row = MatrixUtils.createRowRealMatrix(cross);
      RealMatrix weighted = row.multiply(inverse);
      double expected = weighted.operate(scores)[0];
      double variance =
          kernel.covariance(features[x], features[x])
              - weighted.multiply(row.transpose()).getEntry(0, 0);
      assertThat(mean[x]).isCloseTo(expected, within(1e-9));
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
