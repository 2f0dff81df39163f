package org.proxyless.search.strategy.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.proxyless.search.strategy.controller.AsngDistribution.Draw;
import org.proxyless.search.strategy.controller.AsngDistribution.Judged;

class AsngDistributionTest {
  private static final int[] SIZES = {2, 5, 3, 4};

  @Property(tries = 50)
  void itStaysNormalisedAndAboveItsMargin(@ForAll long seed) {
    AsngDistribution distribution = new AsngDistribution(SIZES);
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < 100; step++) {
      learn(distribution, random, draw -> random.nextInt(3) - draw.categories()[1]);
    }
    double[][] p = distribution.probabilities();
    for (int e = 0; e < p.length; e++) {
      double margin = distribution.margin(e);
      assertThat(Arrays.stream(p[e]).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(p[e]).boxed()).allMatch(x -> x >= margin - 1e-12);
    }
  }

  @Test
  void onlyTheOrderOfTheLossesCounts() {
    AsngDistribution one = new AsngDistribution(SIZES);
    AsngDistribution other = new AsngDistribution(SIZES);
    SplittableRandom random = new SplittableRandom(3);
    SplittableRandom same = new SplittableRandom(3);
    for (int step = 0; step < 200; step++) {
      learn(one, random, draw -> separable(draw));
      learn(other, same, draw -> Math.exp(5 * separable(draw)) - 1e6);
    }
    assertThat(other.probabilities()).isDeepEqualTo(one.probabilities());
  }

  @Test
  void itConvergesToTheMarginOnASeparableToy() {
    AsngDistribution distribution = new AsngDistribution(SIZES);
    SplittableRandom random = new SplittableRandom(1);
    int steps = 2000;
    double likeliest = 0; // on average over the last half: single steps go to and fro
    for (int step = 0; step < steps; step++) {
      learn(distribution, random, AsngDistributionTest::separable);
      if (step >= steps / 2) {
        likeliest +=
            Arrays.stream(distribution.probabilities())
                    .mapToDouble(p -> p[0])
                    .average()
                    .orElseThrow()
                / (steps - steps / 2);
      }
    }
    assertThat(likeliest).isBetween(0.69, 1 - 1.0 / SIZES.length + 1e-9);
  }

  /** Δ divides the step: noise makes it cautious, agreement bold. */
  @Test
  void deltaGrowsUnderNoiseAndShrinksUnderSignal() {
    AsngDistribution noise = new AsngDistribution(SIZES);
    SplittableRandom random = new SplittableRandom(5);
    for (int step = 0; step < 500; step++) {
      learn(noise, random, draw -> random.nextDouble());
    }
    assertThat(noise.delta()).isGreaterThan(2);
    // From a cautious start, a clear signal makes it bolder again.
    double before = noise.delta();
    double least = before;
    for (int step = 0; step < 300; step++) {
      learn(noise, random, AsngDistributionTest::separable);
      least = Math.min(least, noise.delta());
    }
    assertThat(least).isLessThan(0.8 * before);
  }

  @Test
  void equalLossesChangeNothing() {
    AsngDistribution distribution = new AsngDistribution(SIZES);
    learn(distribution, new SplittableRandom(1), draw -> -7);
    assertThat(distribution.probabilities()[1]).containsOnly(0.2);
    assertThat(distribution.delta()).isEqualTo(1);
    assertThat(AsngDistribution.utilities(new double[] {-2, -2, -3, -1}))
        .containsExactly(0, 0, 1, -1);
    assertThat(AsngDistribution.utilities(new double[] {4, 4, 4})).containsExactly(0, 0, 0);
  }

  @Test
  void aNumberIsFoundBesideTheCategories() {
    AsngGaussian width = new AsngGaussian(0, 20);
    AsngDistribution distribution = new AsngDistribution(SIZES, width);
    SplittableRandom random = new SplittableRandom(2);
    for (int step = 0; step < 3000; step++) {
      learn(distribution, random, d -> separable(d) + Math.abs(d.numbers()[0] - 17) / 20);
    }
    assertThat(width.mean()).isCloseTo(17, within(1.0));
    assertThat(width.sigma()).isLessThan(2);
    assertThat(distribution.probabilities()[1][0]).isGreaterThan(0.6);
    assertThat(Arrays.stream(width.probabilities()).sum()).isCloseTo(1, within(1e-9));
  }

  /** |√F d|² = dᵀ F d, F being the inverse covariance of x and x². */
  @Test
  void aNumberIsWhitenedByItsFisherMatrix() {
    AsngGaussian gaussian = new AsngGaussian(-3, 8);
    gaussian.move(-0.7, 1.3);
    double m = gaussian.mean();
    double v = gaussian.sigma() * gaussian.sigma();
    RealMatrix covariance =
        MatrixUtils.createRealMatrix(
            new double[][] {{v, 2 * m * v}, {2 * m * v, 4 * m * m * v + 2 * v * v}});
    RealMatrix d = MatrixUtils.createColumnRealMatrix(new double[] {0.4, -2.1});
    double expected =
        d.transpose().multiply(MatrixUtils.inverse(covariance)).multiply(d).getEntry(0, 0);
    double[] whitened = gaussian.whitened(0.4, -2.1);
    assertThat(whitened[0] * whitened[0] + whitened[1] * whitened[1])
        .isCloseTo(expected, within(1e-9));
  }

  private static double separable(Draw draw) {
    return Arrays.stream(draw.categories()).filter(c -> c > 0).count();
  }

  private static void learn(
      AsngDistribution distribution, SplittableRandom random, ToDoubleFunction<Draw> loss) {
    List<Judged> judged =
        distribution.drawPair(random).stream()
            .map(draw -> new Judged(draw, loss.applyAsDouble(draw)))
            .toList();
    distribution.update(judged);
  }
}
