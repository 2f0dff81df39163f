package org.proxyless.search.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.proxyless.search.data.Batch;

/**
 * Weights whose losses are quadratic in w and the flattened mixture z: L_train = |w − A z|²/2,
 * L_val = |w − b|²/2 + c·z. Steps have momentum and decay, and are written down.
 */
public final class QuadraticWeights implements MixtureWeights {
  static final double MOMENTUM = 0.9;
  static final double DECAY = 0.05;

  private final int[] edgeSizes;
  private final double[][] a;
  private final double[] b;
  private final double[] c;
  final double[] w;
  final double[] velocity;
  public final List<String> steps = new ArrayList<>();
  private double[] direction;

  QuadraticWeights(int[] edgeSizes, double[][] a, double[] b, double[] c, double[] w) {
    this.edgeSizes = edgeSizes;
    this.a = a;
    this.b = b;
    this.c = c;
    this.w = w.clone();
    velocity = new double[w.length];
  }

  /** Two edges of three and two candidates, and three weights, that prefer the last candidates. */
  public static QuadraticWeights example() {
    return new QuadraticWeights(
        new int[] {3, 2},
        new double[][] {{1, 0.5, -0.3, 0.2, 0.7}, {-0.4, 1.2, 0.6, 0.1, -0.5}, {0.3, 0, 1, -1, 2}},
        new double[] {0.5, -1, 2},
        new double[] {0.3, 0.1, -0.4, 0.2, -0.2},
        new double[] {1, -0.5, 0.25});
  }

  private static double[] flat(double[][] mixture) {
    return Arrays.stream(mixture).flatMapToDouble(Arrays::stream).toArray();
  }

  /** ∂L_train/∂w = w − A z. */
  private double[] residual(double[] at, double[][] mixture) {
    double[] z = flat(mixture);
    double[] residual = at.clone();
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < z.length; j++) {
        residual[i] -= a[i][j] * z[j];
      }
    }
    return residual;
  }

  /** w after one step. */
  public double[] next(double[][] mixture, double rate) {
    double[] gradient = residual(w, mixture);
    double[] next = w.clone();
    for (int i = 0; i < w.length; i++) {
      next[i] -= rate * (MOMENTUM * velocity[i] + gradient[i] + DECAY * w[i]);
    }
    return next;
  }

  public double validationLoss(double[] at, double[][] mixture) {
    double[] z = flat(mixture);
    double loss = 0;
    for (int i = 0; i < at.length; i++) {
      loss += (at[i] - b[i]) * (at[i] - b[i]) / 2;
    }
    for (int j = 0; j < z.length; j++) {
      loss += c[j] * z[j];
    }
    return loss;
  }

  /** dL_val(w'(z), z)/dz = c + rate·Aᵀ(w' − b). */
  public double[] analytic(double[][] mixture, double rate) {
    double[] next = next(mixture, rate);
    double[] total = c.clone();
    for (int j = 0; j < total.length; j++) {
      for (int i = 0; i < w.length; i++) {
        total[j] += rate * a[i][j] * (next[i] - b[i]);
      }
    }
    return total;
  }

  private double[][] byEdge(double[] flat) {
    double[][] values = new double[edgeSizes.length][];
    int next = 0;
    for (int e = 0; e < values.length; e++) {
      values[e] = new double[edgeSizes[e]];
      for (int k = 0; k < edgeSizes[e]; k++) {
        values[e][k] = flat[next++];
      }
    }
    return values;
  }

  @Override
  public int[] edgeSizes() {
    return edgeSizes.clone();
  }

  @Override
  public PathScore trainWeights(double[][] mixture, Batch training, double learningRate) {
    steps.add("weights");
    double[] next = next(mixture, learningRate);
    double[] gradient = residual(w, mixture);
    for (int i = 0; i < w.length; i++) {
      velocity[i] = MOMENTUM * velocity[i] + gradient[i] + DECAY * w[i];
      w[i] = next[i];
    }
    return new PathScore(0, 0);
  }

  @Override
  public GateGradients mixtureGradients(double[][] mixture, Batch validation) {
    steps.add("gradients");
    return new GateGradients(new PathScore(validationLoss(w, mixture), 0), byEdge(c));
  }

  @Override
  public LookAhead lookAhead(
      double[][] mixture, Batch training, Batch validation, double learningRate) {
    steps.add("look ahead");
    double[] next = next(mixture, learningRate);
    direction = next.clone();
    double squares = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] -= b[i];
      squares += direction[i] * direction[i];
    }
    PathScore score = new PathScore(validationLoss(next, mixture), 0);
    return new LookAhead(new GateGradients(score, byEdge(c)), Math.sqrt(squares));
  }

  @Override
  public double[][] shiftedGradients(double[][] mixture, Batch training, double distance) {
    double[] shifted = w.clone();
    for (int i = 0; i < w.length; i++) {
      shifted[i] += distance * direction[i];
    }
    double[] residual = residual(shifted, mixture);
    double[] gradient = new double[c.length];
    for (int j = 0; j < gradient.length; j++) {
      for (int i = 0; i < w.length; i++) {
        gradient[j] -= a[i][j] * residual[i];
      }
    }
    return byEdge(gradient);
  }

  @Override
  public PathScore trainWeights(int[] path, Batch training, double learningRate) {
    throw new UnsupportedOperationException("mixtures only");
  }

  @Override
  public PathScore score(int[] path, Batch batch) {
    throw new UnsupportedOperationException("mixtures only");
  }

  @Override
  public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
    throw new UnsupportedOperationException("mixtures only");
  }
}
