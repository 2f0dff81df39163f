package org.proxyless.benchmarks.tables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.proxyless.latency.Verification;

/**
 * How well a table predicted some networks. Relative errors are signed: (measured −
 * predicted)/predicted.
 *
 * @param networks how many there were
 * @param within5Percent the share whose relative error is at most 0.05, 0 to 1
 * @param within10Percent likewise for 0.10
 * @param meanAbsoluteRelativeError without sign
 * @param meanSignedRelativeError above 0 if networks take longer than predicted
 * @param residual95 the 95th percentile of the relative errors in each third of the range of
 *     predictions, the cheapest first; in a third of fewer than 20 networks the upper 95 % bound
 *     for one more of the range, by Student's t over all errors
 * @param rmseMillis root mean square of measured − predicted
 * @param spearman rank correlation of predictions and measurements
 * @param slope of the line through measurements over predictions
 * @param slopeInterval95 where it lies with a chance of 95 %: low, high
 * @param interceptMillis of that line
 * @param interceptInterval95Millis low, high
 */
public record PredictionErrors(
    int networks,
    double within5Percent,
    double within10Percent,
    double meanAbsoluteRelativeError,
    double meanSignedRelativeError,
    List<Double> residual95,
    double rmseMillis,
    double spearman,
    double slope,
    List<Double> slopeInterval95,
    double interceptMillis,
    List<Double> interceptInterval95Millis) {
  /** Fewer determine no line with intervals. */
  public static final int FEWEST = 3;

  private static final int THIRDS = 3;

  /** The largest of fewer errors says little of the next one. */
  private static final int FEWEST_FOR_PERCENTILE = 20;

  /** The errors of at least {@link #FEWEST} predictions, not all of which are equal. */
  public static PredictionErrors of(List<Prediction> predictions) {
    if (predictions.size() < FEWEST) {
      throw new IllegalArgumentException(predictions.size() + " predictions are too few");
    }
    double[] predicted = array(predictions, Prediction::predictedMillis);
    double[] measured = array(predictions, Prediction::measuredMillis);
    double[] errors = array(predictions, Prediction::relativeError);
    double[] absolute = array(predictions, prediction -> Math.abs(prediction.relativeError()));
    double[] squares =
        array(predictions, p -> Math.pow(p.measuredMillis() - p.predictedMillis(), 2));
    SimpleRegression line = new SimpleRegression();
    predictions.forEach(p -> line.addData(p.predictedMillis(), p.measuredMillis()));
    double quantile =
        new TDistribution(null, predictions.size() - 2).inverseCumulativeProbability(0.975);
    return new PredictionErrors(
        predictions.size(),
        share(absolute, 0.05),
        share(absolute, 0.10),
        StatUtils.mean(absolute),
        StatUtils.mean(errors),
        residual95(predictions),
        Math.sqrt(StatUtils.mean(squares)),
        new SpearmansCorrelation().correlation(predicted, measured),
        line.getSlope(),
        around(line.getSlope(), quantile * line.getSlopeStdErr()),
        line.getIntercept(),
        around(line.getIntercept(), quantile * line.getInterceptStdErr()));
  }

  /** What a table keeps of them. */
  static Verification verification(List<Prediction> predictions, Instant created) {
    PredictionErrors errors = of(predictions);
    double[] predicted = array(predictions, Prediction::predictedMillis);
    return new Verification(
        created,
        errors.networks,
        StatUtils.min(predicted),
        StatUtils.max(predicted),
        errors.residual95,
        errors.meanAbsoluteRelativeError,
        errors.within5Percent,
        errors.within10Percent,
        errors.spearman);
  }

  private static List<Double> residual95(List<Prediction> predictions) {
    double[] predicted = array(predictions, Prediction::predictedMillis);
    double low = StatUtils.min(predicted);
    double width = (StatUtils.max(predicted) - low) / THIRDS;
    double ofAll = boundForOneMore(array(predictions, Prediction::relativeError));
    List<Double> residuals = new ArrayList<>();
    for (int i = 0; i < THIRDS; i++) {
      int third = i;
      List<Prediction> inside =
          predictions.stream()
              .filter(
                  p -> Math.min(THIRDS - 1, (int) ((p.predictedMillis() - low) / width)) == third)
              .toList();
      residuals.add(
          inside.size() < FEWEST_FOR_PERCENTILE
              ? ofAll
              : StatUtils.percentile(array(inside, Prediction::relativeError), 95));
    }
    return residuals;
  }

  /** The upper 95 % bound for one more error, errors being normal: mean + t·s·√(1 + 1/n). */
  private static double boundForOneMore(double[] errors) {
    double quantile = new TDistribution(null, errors.length - 1).inverseCumulativeProbability(0.95);
    double spread = Math.sqrt(StatUtils.variance(errors) * (1 + 1.0 / errors.length));
    return StatUtils.mean(errors) + quantile * spread;
  }

  private static double share(double[] absolute, double most) {
    int within = 0;
    for (double error : absolute) {
      within += error <= most ? 1 : 0;
    }
    return (double) within / absolute.length;
  }

  private static List<Double> around(double centre, double halfWidth) {
    return List.of(centre - halfWidth, centre + halfWidth);
  }

  private static double[] array(List<Prediction> predictions, ToDoubleFunction<Prediction> figure) {
    return predictions.stream().mapToDouble(figure).toArray();
  }
}
