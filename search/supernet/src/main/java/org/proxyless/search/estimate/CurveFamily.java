package org.proxyless.search.estimate;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Families of learning curves y = a − b·φ(x), b ≥ 0, where φ falls to 0 and has one parameter, its
 * rate c (of those in Domhan et al., IJCAI 2015, the ones that rise to an asymptote). For a given c
 * the best a and b are a linear regression's, so a fit is a search for c alone.
 */
enum CurveFamily {
  /** φ = x^−c. */
  POWER_LAW(0.05, 5),
  /** φ = e^−cx. */
  EXPONENTIAL(0.1, 100),
  /** Janoschek's φ = e^(−c·x^δ) with δ = 1/2: a quick start and a long tail. */
  JANOSCHEK_SLOW(0.1, 100),
  /** The same with δ = 2: an S. */
  JANOSCHEK_STEEP(0.1, 100);

  /** Rates that are tried before the best is refined: the error may have several valleys. */
  private static final int GRID = 24;

  private static final int MOST_EVALUATIONS = 200;
  private static final double PRECISION = 1e-9;

  private final double leastRate;
  private final double greatestRate;

  CurveFamily(double leastRate, double greatestRate) {
    this.leastRate = leastRate;
    this.greatestRate = greatestRate;
  }

  /**
   * A curve through points.
   *
   * @param asymptote a, which it rises to
   * @param height b
   * @param rate c
   * @param squares the sum of squared distances from the points
   */
  record Fit(CurveFamily family, double asymptote, double height, double rate, double squares) {
    double at(double x) {
      return asymptote - height * family.phi(x, rate);
    }
  }

  double phi(double x, double rate) {
    return switch (this) {
      case POWER_LAW -> Math.pow(x, -rate);
      case EXPONENTIAL -> Math.exp(-rate * x);
      case JANOSCHEK_SLOW -> Math.exp(-rate * Math.sqrt(x));
      case JANOSCHEK_STEEP -> Math.exp(-rate * x * x);
    };
  }

  /**
   * The curve of this family with the least squares.
   *
   * @param x above 0, at most 1, three different ones at least
   * @param y at these
   */
  Fit fit(double[] x, double[] y) {
    double low = Math.log(leastRate);
    double step = (Math.log(greatestRate) - low) / GRID;
    DoubleUnaryOperator squares = logRate -> fit(x, y, Math.exp(logRate)).squares();
    double best = low;
    for (int i = 1; i <= GRID; i++) {
      double tried = low + i * step;
      best = squares.applyAsDouble(tried) < squares.applyAsDouble(best) ? tried : best;
    }
    double refined =
        new BrentOptimizer(PRECISION, PRECISION)
            .optimize(
                GoalType.MINIMIZE,
                new UnivariateObjectiveFunction(squares::applyAsDouble),
                new SearchInterval(
                    Math.max(low, best - step), Math.min(low + GRID * step, best + step), best),
                new MaxEval(MOST_EVALUATIONS))
            .getPoint();
    return fit(x, y, Math.exp(refined));
  }

  /** With this rate. */
  private Fit fit(double[] x, double[] y, double rate) {
    SimpleRegression line = new SimpleRegression();
    for (int i = 0; i < x.length; i++) {
      line.addData(phi(x[i], rate), y[i]);
    }
    double slope = line.getSlope();
    if (slope < 0) {
      return new Fit(this, line.getIntercept(), -slope, rate, line.getSumSquaredErrors());
    }
    double mean = Arrays.stream(y).average().orElseThrow(); // a curve that falls is taken as level
    return new Fit(this, mean, 0, rate, line.getTotalSumSquares());
  }
}
