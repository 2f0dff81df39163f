package org.proxyless.search.strategy;

import java.util.Map;

/**
 * Adam (Kingma and Ba, 2015) on a ragged array. With β₁ = 0, as ProxylessNAS uses it, a step moves
 * a number by about the learning rate whatever the gradient's size, and not at all where the
 * gradient is 0. Weight decay, where there is any, is added to the gradient.
 */
public final class Adam {
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double learningRate;
  private final double beta1;
  private final double weightDecay;
  private final double[][] first;
  private final double[][] second;
  private int steps;

  public Adam(double learningRate, int[] sizes) {
    this(learningRate, 0, sizes);
  }

  /**
   * Without weight decay.
   *
   * @param learningRate about what a step moves a number by
   * @param beta1 decay of the mean gradient; 0 for none
   * @param sizes of the array's rows
   */
  public Adam(double learningRate, double beta1, int[] sizes) {
    this(learningRate, beta1, 0, sizes);
  }

  /**
   * @param beta1 decay of the mean gradient; 0 for none
   * @param weightDecay added to the gradient as a share of the value
   */
  public Adam(double learningRate, double beta1, double weightDecay, int[] sizes) {
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.weightDecay = weightDecay;
    first = new double[sizes.length][];
    second = new double[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      first[i] = new double[sizes[i]];
      second[i] = new double[sizes[i]];
    }
  }

  /** What it remembers of the steps so far. */
  public Map<String, double[]> state() {
    return Map.of(
        "adam.steps", new double[] {steps},
        "adam.first", Ragged.flat(first),
        "adam.second", Ragged.flat(second));
  }

  public void restore(Map<String, double[]> state) {
    steps = (int) state.get("adam.steps")[0];
    Ragged.fill(first, state.get("adam.first"));
    Ragged.fill(second, state.get("adam.second"));
  }

  /** Moves the values against the gradient, in place. */
  public void descend(double[][] values, double[][] gradient) {
    steps++;
    double firstCorrection = 1 - Math.pow(beta1, steps);
    double secondCorrection = 1 - Math.pow(BETA_2, steps);
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        double g = gradient[i][j] + weightDecay * values[i][j];
        first[i][j] = beta1 * first[i][j] + (1 - beta1) * g;
        second[i][j] = BETA_2 * second[i][j] + (1 - BETA_2) * g * g;
        values[i][j] -=
            learningRate
                * (first[i][j] / firstCorrection)
                / (Math.sqrt(second[i][j] / secondCorrection) + EPSILON);
      }
    }
  }
}
