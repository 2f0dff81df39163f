package org.proxyless.search.strategy.blackbox;

import java.util.Arrays;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * A Gaussian process observed at some networks of a pool and predicting all of them (Rasmussen and
 * Williams, 2006, algorithm 2.1): with K + σ²I = L Lᵀ and V = L⁻¹ K(observed, pool), the mean is
 * Vᵀ(L⁻¹ y) and the variance k(x, x) − Σ V². An observation more adds one row to L and to V, which
 * costs observations × pool; so one may look at the whole pool after each.
 */
final class GaussianProcess {
  private final NetworkKernel kernel;
  private final NetworkFeatures[] pool;

  /** Places of the observed networks in the pool. */
  private final int[] observed;

  /** L, the lower triangle's rows. */
  private final double[][] lower;

  /** V, [observation][network of the pool]. */
  private final double[][] solved;

  private final double[] variance;
  private int size;

  /**
   * Nothing but the places is needed of the observations: the scores may change their scale.
   *
   * @param observed the places in the pool that were observed
   * @param most observations that can be added up to
   */
  GaussianProcess(NetworkKernel kernel, NetworkFeatures[] pool, int[] observed, int most) {
    this.kernel = kernel;
    this.pool = pool;
    this.observed = new int[Math.max(most, observed.length)];
    lower = new double[this.observed.length][];
    solved = new double[this.observed.length][];
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
      for (int n = 0; n < observed.length; n++) {
        append(observed[n], rows[n]);
      }
    }
  }

  /** Observes another network. */
  void add(int place) {
    double[] row = new double[size + 1];
    double rest = kernel.variance() + kernel.noise();
    for (int n = 0; n < size; n++) {
      row[n] = solved[n][place];
      rest -= row[n] * row[n];
    }
    row[size] = Math.sqrt(Math.max(rest, kernel.noise()));
    append(place, row);
  }

  private void append(int place, double[] row) {
    double[] v = new double[pool.length];
    for (int x = 0; x < v.length; x++) {
      v[x] = kernel.covariance(pool[place], pool[x]);
    }
    for (int n = 0; n < size; n++) {
      double factor = row[n];
      double[] earlier = solved[n];
      for (int x = 0; x < v.length; x++) {
        v[x] -= factor * earlier[x];
      }
    }
    for (int x = 0; x < v.length; x++) {
      v[x] /= row[size];
      variance[x] -= v[x] * v[x];
    }
    observed[size] = place;
    lower[size] = row;
    solved[size] = v;
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
    double[] mean = new double[pool.length];
    double[] whitened = new double[size];
    for (int n = 0; n < size; n++) {
      double rest = scores[n];
      for (int k = 0; k < n; k++) {
        rest -= lower[n][k] * whitened[k];
      }
      double factor = rest / lower[n][n];
      double[] row = solved[n];
      for (int x = 0; x < mean.length; x++) {
        mean[x] += factor * row[x];
      }
      whitened[n] = factor;
    }
    return mean;
  }

  /** The deviation of a network's true score about its expectation. */
  double deviation(int place) {
    return Math.sqrt(Math.max(variance[place], 1e-12));
  }
}
