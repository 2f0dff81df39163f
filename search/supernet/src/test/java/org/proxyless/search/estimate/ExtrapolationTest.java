package org.proxyless.search.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExtrapolationTest {
  private static final int PARTS = 16;

  /** Points of the first parts of a curve. */
  private static double[] places(int points) {
    return IntStream.rangeClosed(1, points).mapToDouble(i -> (double) i / PARTS).toArray();
  }

  private static double atEnd(int points, DoubleUnaryOperator curve) {
    double[] x = places(points);
    return Extrapolation.atEnd(x, Arrays.stream(x).map(curve).toArray());
  }

  @Property(tries = 100)
  void aPowerLawIsFollowedToItsEnd(
      @ForAll @DoubleRange(min = 0.6, max = 0.95) double asymptote,
      @ForAll @DoubleRange(min = 0.01, max = 0.05) double height,
      @ForAll @DoubleRange(min = 0.3, max = 1) double rate,
      @ForAll @IntRange(min = 6, max = 12) int points) {
    DoubleUnaryOperator curve = x -> asymptote - height * Math.pow(x, -rate);
    assertThat(atEnd(points, curve)).isCloseTo(asymptote - height, within(2e-3));
  }

  @Property(tries = 100)
  void anExponentialIsFollowedToItsEnd(
      @ForAll @DoubleRange(min = 0.6, max = 0.95) double asymptote,
      @ForAll @DoubleRange(min = 0.1, max = 0.5) double height,
      @ForAll @DoubleRange(min = 2, max = 20) double rate,
      @ForAll @IntRange(min = 6, max = 12) int points) {
    DoubleUnaryOperator curve = x -> asymptote - height * Math.exp(-rate * x);
    assertThat(atEnd(points, curve)).isCloseTo(curve.applyAsDouble(1), within(2e-3));
  }

  @Property(tries = 100)
  void aJanoschekCurveIsFollowedToItsEnd(
      @ForAll @DoubleRange(min = 0.6, max = 0.95) double asymptote,
      @ForAll @DoubleRange(min = 0.1, max = 0.5) double height,
      @ForAll @DoubleRange(min = 4, max = 40) double rate,
      @ForAll @IntRange(min = 9, max = 12) int points) {
    DoubleUnaryOperator steep = x -> asymptote - height * Math.exp(-rate * x * x);
    assertThat(atEnd(points, steep)).isCloseTo(steep.applyAsDouble(1), within(2e-3));
  }

  @Property(tries = 50)
  void noiseMovesTheEndByLittle(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double end = atEnd(9, x -> 0.8 - 0.3 * Math.exp(-6 * x) + 0.002 * random.nextGaussian());
    assertThat(end).isCloseTo(0.8, within(0.03));
  }

  @Property(tries = 200)
  void whateverTheCurveTheEndIsAnAccuracy(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 12) int n) {
    SplittableRandom random = new SplittableRandom(seed);
    assertThat(atEnd(n, x -> random.nextDouble())).isBetween(0.0, 1.0);
  }

  @Test
  void aCurveThatFallsOrStandsStillIsTakenAsLevel() {
    assertThat(atEnd(6, x -> 0.7)).isCloseTo(0.7, within(1e-9));
    assertThat(atEnd(6, x -> 0.7 - 0.1 * x)).isBetween(0.6, 0.7);
  }

  @Test
  void tooFewPointsAreAMistakeOfTheProgram() {
    assertThatThrownBy(() -> atEnd(3, x -> x)).isInstanceOf(IllegalArgumentException.class);
  }
}
