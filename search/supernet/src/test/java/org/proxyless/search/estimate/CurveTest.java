package org.proxyless.search.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.proxyless.search.strategy.PathScore;

class CurveTest {
  private static final int STEPS = 160;
  private static final double BEST = 0.9;

  /** Curves end 0.05 to 0.06 above what was foreseen, at every stage. */
  private static Promises known() {
    Promises promises = new Promises();
    for (int stage = 0; stage < 3; stage++) {
      for (double error : new double[] {0.05, 0.06, 0.055, 0.05, 0.06}) {
        promises.kept(stage, error);
      }
    }
    return promises;
  }

  /** Follows a training whose accuracy is known, and returns it. */
  private static Curve follow(Promises promises, DoubleUnaryOperator accuracy) {
    Curve curve = new Curve(STEPS, promises, BEST);
    for (long done = 1; done < STEPS; done++) {
      double now = accuracy.applyAsDouble((double) done / STEPS);
      if (!curve.goesOn(done, () -> new PathScore(1 - now, now))) {
        break;
      }
    }
    return curve;
  }

  private static DoubleUnaryOperator endingAt(double end) {
    return x -> end - 0.4 * Math.exp(-12 * x);
  }

  @Test
  void aHopelessTrainingStopsAtTheFirstStage() {
    Curve curve = follow(known(), endingAt(0.7));
    assertThat(curve.stoppedAt()).isEqualTo(STEPS * 3 / 8);
    assertThat(curve.promise().orElseThrow()).isCloseTo(0.755, within(5e-3));
    assertThat(curve.points()).isEqualTo(6);
  }

  @Test
  void aPromisingOneGoesOn() {
    Curve curve = follow(known(), endingAt(0.86));
    assertThat(curve.promise()).isEmpty();
    assertThat(curve.extrapolated()).hasSize(3);
    assertThat(curve.points()).isEqualTo(12);
  }

  @Test
  void untilThereIsExperienceNothingIsStopped() {
    Promises two = new Promises();
    two.kept(0, 0.05);
    two.kept(0, 0.05);
    assertThat(follow(two, endingAt(0.3)).promise()).isEmpty();
  }

  @Test
  void aTrainingOfVeryFewStepsIsNeverStopped() {
    Curve curve = new Curve(4, known(), BEST);
    for (long done = 1; done < 4; done++) {
      assertThat(curve.goesOn(done, () -> new PathScore(1, 0.1))).isTrue();
    }
    assertThat(curve.extrapolated()).isEmpty();
  }

  @Test
  void experienceSurvivesBeingSaved() {
    Promises restored = new Promises();
    restored.restore(known().state());
    assertThat(restored.expected(1, 0.5)).isEqualTo(known().expected(1, 0.5));
    assertThat(restored.isHopeless(2, 0.8, BEST)).isTrue();
    assertThat(restored.isHopeless(2, 0.85, BEST)).isFalse();
  }
}
