package org.proxyless.search.recurrent.train;

import java.util.random.RandomGenerator;
import org.proxyless.search.recurrent.cell.Architecture;

/** The first values of weights. */
final class FirstWeights {
  /** DARTS's bound of everything in a wired cell, the embedding included. */
  private static final double BOUND = 0.04;

  private FirstWeights() {}

  /** Evenly between ±0.04 as in DARTS, biases of the decoder 0; of an LSTM or GRU ±1/√d. */
  static float[] of(Parameter parameter, double bound, RandomGenerator random) {
    float[] values = new float[parameter.size()];
    if (parameter.name().equals(Architecture.BIAS)) {
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }

  static float[] of(Parameter parameter, RandomGenerator random) {
    return of(parameter, BOUND, random);
  }

  static float[] ofGated(Parameter parameter, int width, RandomGenerator random) {
    boolean ofCell =
        !parameter.name().equals(Architecture.EMBEDDING)
            && !parameter.name().equals(Architecture.PROJECTION);
    return of(parameter, ofCell ? 1 / Math.sqrt(width) : BOUND, random);
  }
}
