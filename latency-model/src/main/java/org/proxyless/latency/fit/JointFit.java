package org.proxyless.latency.fit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * The logarithms θ of the terms' latencies given all measurements at once, for given scales:
 *
 * <p>θ = Z·β + ε, where Z is what is known of operators beforehand ({@link TermFeatures}), β its
 * effects, and ε each operator's own deviation, from Student's t with 4 degrees of freedom, so that
 * an operator that really is far from its kind keeps its distance;
 *
 * <p>an operator's measurement is θ + g + noise, g being what all operators have in common where
 * they are timed (in other caches than a network's, say);
 *
 * <p>a network's is log Σ n·e^θ + noise, linearised at θ and solved anew until θ stays
 * (Gauss–Newton). All noise is normal: the measurements' standard errors and the {@link Scales}.
 */
final class JointFit {
  private static final double DEGREES_OF_FREEDOM = 4;
  private static final int MOST_ITERATIONS = 12;
  private static final double CONVERGED = 1e-6;

  /** How far timed operators may all be from what they cost in networks. */
  private static final double COMMON = 0.15;

  /** How far the timed call may be from a network's. */
  private static final double CALL = 0.5;

  private final Observations seen;
  private final TermFeatures features;
  private final Scales scales;

  /** β, ε, then g. */
  private final int unknowns;

  private final int effects;
  private final double level;
  private final double[] theta;
  private final double[] deviations;
  private double[] solution;
  private RealMatrix covariance;
  private double logLikelihood;
  private double[][] design;
  private double[] observed;
  private double[] noise;
  private double @Nullable [] left;

  @SuppressWarnings("NullAway.Init") // the first step sets what is missing here
  private JointFit(Observations seen, TermFeatures features, Scales scales, double[] start) {
    this.seen = seen;
    this.features = features;
    this.scales = scales;
    this.effects = features.variances().length;
    this.unknowns = effects + seen.terms() + 1;
    this.level = Arrays.stream(seen.logMillis()).average().orElseThrow();
    this.theta = start.clone();
    this.deviations = new double[seen.terms()];
    Arrays.fill(deviations, scales.deviation());
  }

  /**
   * Solves.
   *
   * @param start where to linearise first: θ
   */
  static JointFit of(Observations seen, TermFeatures features, Scales scales, double[] start) {
    JointFit fit = new JointFit(seen, features, scales, start);
    for (int i = 0; i < MOST_ITERATIONS && fit.step() > CONVERGED; i++) {
      // each step moves θ
    }
    return fit;
  }

  /** One linearisation and its solution; by how much θ moved. */
  private double step() {
    linearise();
    RealMatrix precision = new Array2DRowRealMatrix(unknowns, unknowns);
    double[] right = new double[unknowns];
    double fixed = 0;
    double[] variances = priorVariances();
    for (int i = 0; i < unknowns; i++) {
      precision.setEntry(i, i, 1 / variances[i]);
      fixed += Math.log(variances[i]);
    }
    double squares = 0;
    for (int row = 0; row < observed.length; row++) {
      add(precision, right, row);
      squares += observed[row] * observed[row] / noise[row];
      fixed += Math.log(noise[row]);
    }
    CholeskyDecomposition decomposition = new CholeskyDecomposition(precision, 1e-9, 0);
    covariance = decomposition.getSolver().getInverse();
    solution = covariance.operate(right);
    double logDeterminant = 0;
    for (int i = 0; i < unknowns; i++) {
      logDeterminant += 2 * Math.log(decomposition.getL().getEntry(i, i));
    }
    double explained = new ArrayRealVector(right).dotProduct(new ArrayRealVector(solution));
    logLikelihood = -0.5 * (squares - explained + fixed + logDeterminant);
    return take();
  }

  private double[] priorVariances() {
    double[] variances = Arrays.copyOf(features.variances(), unknowns);
    for (int term = 0; term < seen.terms(); term++) {
      variances[effects + term] = deviations[term] * deviations[term];
    }
    variances[unknowns - 1] = COMMON * COMMON;
    return variances;
  }

  /** The rows of the linear model: of the terms first, then of the networks. */
  private void linearise() {
    int rows = seen.terms() + seen.networks();
    design = new double[rows][];
    observed = new double[rows];
    noise = new double[rows];
    for (int term = 0; term < seen.terms(); term++) {
      double method = seen.isCall(term) ? CALL : scales.method();
      design[term] = row(term);
      design[term][unknowns - 1] = seen.isCall(term) ? 0 : 1;
      observed[term] = seen.logMillis()[term] - level;
      noise[term] = Math.pow(seen.errors()[term], 2) + method * method;
    }
    for (int network = 0; network < seen.networks(); network++) {
      int row = seen.terms() + network;
      double[] shares = shares(network);
      design[row] = new double[unknowns];
      double atTheta = 0;
      for (int term = 0; term < seen.terms(); term++) {
        if (shares[term] != 0) {
          double[] ofTerm = row(term);
          for (int i = 0; i < unknowns; i++) {
            design[row][i] += shares[term] * ofTerm[i];
          }
          atTheta += shares[term] * (theta[term] - level);
        }
      }
      observed[row] = seen.logNetworkMillis()[network] - Math.log(sum(network)) + atTheta;
      noise[row] =
          Math.pow(seen.networkErrors()[network], 2) + scales.discrepancy() * scales.discrepancy();
    }
  }

  /** θ of a term by β and ε, without the level. */
  private double[] row(int term) {
    double[] row = Arrays.copyOf(features.rows()[term], unknowns);
    row[effects + term] = 1;
    return row;
  }

  private double sum(int network) {
    double sum = 0;
    for (int term = 0; term < seen.terms(); term++) {
      sum += seen.counts()[network][term] * Math.exp(theta[term]);
    }
    return sum;
  }

  /** Each term's share of a network's latency: the derivative of its logarithm by θ. */
  private double[] shares(int network) {
    double sum = sum(network);
    double[] shares = new double[seen.terms()];
    for (int term = 0; term < shares.length; term++) {
      shares[term] = seen.counts()[network][term] * Math.exp(theta[term]) / sum;
    }
    return shares;
  }

  private void add(RealMatrix precision, double[] right, int row) {
    double[] values = design[row];
    for (int i = 0; i < unknowns; i++) {
      if (values[i] != 0) {
        right[i] += values[i] * observed[row] / noise[row];
        for (int j = 0; j < unknowns; j++) {
          if (values[j] != 0) {
            precision.addToEntry(i, j, values[i] * values[j] / noise[row]);
          }
        }
      }
    }
  }

  /** Takes the solution over; Student's t is a normal distribution whose width depends on ε. */
  private double take() {
    double moved = 0;
    for (int term = 0; term < seen.terms(); term++) {
      double value = level;
      double[] row = row(term);
      for (int i = 0; i < unknowns; i++) {
        value += row[i] * solution[i];
      }
      moved = Math.max(moved, Math.abs(value - theta[term]));
      theta[term] = value;
      int own = effects + term;
      double square = solution[own] * solution[own] + covariance.getEntry(own, own);
      double scale = scales.deviation() * scales.deviation();
      deviations[term] =
          Math.sqrt(scale * (DEGREES_OF_FREEDOM + square / scale) / (DEGREES_OF_FREEDOM + 1));
    }
    return moved;
  }

  /** How well these scales explain what was measured, with what is known of them beforehand. */
  double logPosterior() {
    return logLikelihood + scales.logPrior();
  }

  /** θ. */
  double[] logMillis() {
    return theta.clone();
  }

  /** The covariance of θ. */
  double[][] covariance() {
    double[][] terms = new double[seen.terms()][];
    double[][] rows = new double[seen.terms()][];
    for (int term = 0; term < terms.length; term++) {
      rows[term] = row(term);
      terms[term] = covariance.operate(rows[term]);
    }
    double[][] result = new double[terms.length][terms.length];
    for (int i = 0; i < terms.length; i++) {
      for (int j = 0; j <= i; j++) {
        double value = 0;
        for (int k = 0; k < unknowns; k++) {
          value += rows[i][k] * terms[j][k];
        }
        result[i][j] = result[j][i] = value;
      }
    }
    return result;
  }

  /** The scales it was made for. */
  Scales scales() {
    return scales;
  }

  /**
   * What each measurement is off what all others say of it, in standard deviations: of the terms
   * first, then of the networks.
   */
  double[] surprises() {
    double[] residuals = leftOutResiduals();
    double[] deviations = leftOutDeviations();
    double[] surprises = new double[observed.length];
    for (int row = 0; row < surprises.length; row++) {
      surprises[row] = residuals[row] / deviations[row];
    }
    return surprises;
  }

  /** The logarithm of each measurement over what all others say of it. */
  double[] leftOutResiduals() {
    double[] residuals = new double[observed.length];
    for (int row = 0; row < residuals.length; row++) {
      double predicted = 0;
      for (int i = 0; i < unknowns; i++) {
        predicted += design[row][i] * solution[i];
      }
      residuals[row] = (observed[row] - predicted) / left()[row];
    }
    return residuals;
  }

  /** What these are expected to be off by, the measurement's own error included. */
  double[] leftOutDeviations() {
    double[] deviations = new double[observed.length];
    for (int row = 0; row < deviations.length; row++) {
      deviations[row] = Math.sqrt(noise[row] / left()[row]);
    }
    return deviations;
  }

  /** Leaving a measurement out divides its residual and its variance by this, for each. */
  private double[] left() {
    if (left == null) {
      left = IntStream.range(0, observed.length).mapToDouble(this::left).toArray();
    }
    return left;
  }

  private double left(int row) {
    double[] spread = covariance.operate(design[row]);
    double leverage = 0;
    for (int i = 0; i < unknowns; i++) {
      leverage += design[row][i] * spread[i];
    }
    return Math.max(1e-9, 1 - leverage / noise[row]);
  }
}
