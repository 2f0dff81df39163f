package org.proxyless.search.strategy.gradient;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The temperature of Gumbel noise, which falls with every architecture step of a search. */
final class FallingTemperature {
  private static final String LEARNT = "learnt";

  private final DoubleUnaryOperator ofProgress;
  private final long steps;
  private long learnt;

  private FallingTemperature(DoubleUnaryOperator ofProgress, long steps) {
    this.ofProgress = ofProgress;
    this.steps = steps;
  }

  /** Falls along a line. */
  static FallingTemperature linear(double first, double last, long steps) {
    return new FallingTemperature(progress -> first + progress * (last - first), steps);
  }

  /** Falls by the same factor every step. */
  static FallingTemperature geometric(double first, double last, long steps) {
    return new FallingTemperature(progress -> first * Math.pow(last / first, progress), steps);
  }

  /** Its value for the present step; the last one's when all steps are done. */
  double value() {
    return ofProgress.applyAsDouble(Math.min(1, learnt / (double) Math.max(1, steps - 1)));
  }

  /** An architecture step is done. */
  void fall() {
    learnt++;
  }

  /** Adds what {@link #restore} needs. */
  void save(Map<String, double[]> state) {
    state.put(LEARNT, new double[] {learnt});
  }

  void restore(Map<String, double[]> state) {
    learnt = (long) state.get(LEARNT)[0];
  }
}
