package org.proxyless.search.strategy.model;

import java.util.Arrays;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * A Gaussian process observed at some networks of a pool and predicting all of them (Rasmussen and
 * Williams, 2006, algorithm 2.1): with K + σ²I = L Lᵀ and V = L⁻¹ K(observed, pool), the mean is
 * Vᵀ(L⁻¹ y) and the variance k(x, x) − Σ V². An observation more adds one row to L and to V, which
 * costs observations × pool; so one may look at the whole pool after each.
 *
 * <p>That cost is reading V from memory. A row of V is therefore left open until it is needed, and
 * then filled while the mean goes over V anyway, one block of the pool after the other.
 */
final class GaussianProcess {
  /** Networks of the pool in a block: so many rows of them stay in the processor's cache. */
  private static final int BLOCK = 128;

  private final NetworkKernel kernel;
  private final NetworkFeatures[] pool;

  /** Places of the observed networks in the pool. */
  private final int[] observed;

  /** L, the lower triangle's rows. */
  private final double[][] lower;

  /** V, [block][observation][network of the block]. */
  private final double[][][] solved;

  private final double[] variance;

  /** Rows of L. */
  private int size;

  /** Rows of V, the first of as many as L has. */
  private int filled;

  /**
   * Nothing but the places is needed of the observations: the scores may change their scale.
   *
   * @param observed the places in the pool that were observed
   * @param most observations that can be added up to
   */
  GaussianProcess(NetworkKernel kernel, NetworkFeatures[] pool, int[] observed, int most) {
    this.kernel = kernel;
    this.pool = pool;
    this.observed = Arrays.copyOf(observed, Math.max(most, observed.length));
    lower = new double[this.observed.length][];
    solved = new double[(pool.length + BLOCK - 1) / BLOCK][this.observed.length][];
    variance = new double[pool.length];
    Arrays.fill(variance, kernel.variance());
    if (observed.length > 0) {
      NetworkFeatures[] features = new NetworkFeatures[observed.length];
      Arrays.setAll(features, n -> pool[observed[n]]);
      double[][] rows =
          new CholeskyDecomposition(
                  MatrixUtils.createRealMatrix(kernel.ofObserved(features)), 1e-9, 1e-12)
              .getL()
              .getData();
      System.arraycopy(rows, 0, lower, 0, rows.length);
      size = rows.length;
    }
  }

  /** Observes another network. */
  void add(int place) {
    fill();
    double[] row = new double[size + 1];
    double rest = kernel.variance() + kernel.noise();
    for (int n = 0; n < size; n++) {
      row[n] = solved[place / BLOCK][n][place % BLOCK];
      rest -= row[n] * row[n];
    }
    row[size] = Math.sqrt(Math.max(rest, kernel.noise()));
    observed[size] = place;
    lower[size] = row;
    size++;
  }

  /** The number of observations. */
  int size() {
    return size;
  }

  /**
   * The expected scores of the whole pool.
   *
   * @param scores of the observations, in their order
   */
  double[] mean(double[] scores) {
    double[] whitened = whitened(scores);
    double[] mean = new double[pool.length];
    double[] ofBlock = new double[BLOCK];
    for (int block = 0; block < solved.length; block++) {
      fill(block);
      Arrays.fill(ofBlock, 0);
      addWeighted(solved[block], whitened, 1, size, ofBlock);
      int first = block * BLOCK;
      System.arraycopy(ofBlock, 0, mean, first, Math.min(BLOCK, mean.length - first));
    }
    filled = size;
    return mean;
  }

  /** L⁻¹ y. */
  private double[] whitened(double[] scores) {
    double[] whitened = new double[size];
    for (int n = 0; n < size; n++) {
      double rest = scores[n];
      for (int k = 0; k < n; k++) {
        rest -= lower[n][k] * whitened[k];
      }
      whitened[n] = rest / lower[n][n];
    }
    return whitened;
  }

  /** The deviation of a network's true score about its expectation. */
  double deviation(int place) {
    fill();
    return Math.sqrt(Math.max(variance[place], 1e-12));
  }

  private void fill() {
    if (filled < size) {
      for (int block = 0; block < solved.length; block++) {
        fill(block);
      }
      filled = size;
    }
  }

  /** Fills the open rows of V in a block: forward substitution. */
  private void fill(int block) {
    int first = block * BLOCK;
    int width = Math.min(BLOCK, pool.length - first);
    double[][] rows = solved[block];
    for (int n = filled; n < size; n++) {
      double[] row = new double[BLOCK];
      for (int x = 0; x < width; x++) {
        row[x] = kernel.covariance(pool[observed[n]], pool[first + x]);
      }
      addWeighted(rows, lower[n], -1, n, row);
      for (int x = 0; x < width; x++) {
        row[x] /= lower[n][n];
        variance[first + x] -= row[x] * row[x];
      }
      rows[n] = row;
    }
  }

  /** Adds sign · Σ weight · row over the first rows, four at a time: fewer writes to the sum. */
  private static void addWeighted(
      double[][] rows, double[] weights, int sign, int count, double[] sum) {
    int n = 0;
    for (; n + 4 <= count; n += 4) {
      double a = sign * weights[n];
      double b = sign * weights[n + 1];
      double c = sign * weights[n + 2];
      double d = sign * weights[n + 3];
      double[] rowA = rows[n];
      double[] rowB = rows[n + 1];
      double[] rowC = rows[n + 2];
      double[] rowD = rows[n + 3];
      for (int x = 0; x < BLOCK; x++) {
        sum[x] += a * rowA[x] + b * rowB[x] + (c * rowC[x] + d * rowD[x]);
      }
    }
    for (; n < count; n++) {
      double weight = sign * weights[n];
      double[] row = rows[n];
      for (int x = 0; x < BLOCK; x++) {
        sum[x] += weight * row[x];
      }
    }
  }
}
