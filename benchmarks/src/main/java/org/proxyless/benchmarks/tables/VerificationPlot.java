package org.proxyless.benchmarks.tables;

import java.util.List;
import java.util.stream.DoubleStream;
import org.proxyless.benchmarks.plot.Axis;
import org.proxyless.benchmarks.plot.Plot;
import org.proxyless.benchmarks.plot.Point;

/**
 * Measured over predicted latencies: a dot for each network, the diagonal where both are equal, and
 * the lines where they differ by 10 %.
 */
public final class VerificationPlot {
  private static final double BAND = 0.1;

  private VerificationPlot() {}

  /** A plot of these predictions, of which there is at least one. */
  public static Plot of(VerificationResult.Figures figures, String title) {
    Axis predicted =
        Axis.around(
            "predicted latency in ms",
            figures.all().stream()
                .flatMapToDouble(p -> DoubleStream.of(p.predictedMillis(), p.measuredMillis())));
    double low = predicted.low();
    double high = predicted.high();
    double above = 1 + BAND;
    double below = 1 - BAND;
    return new Plot(title, predicted, new Axis("measured latency in ms", low, high))
        .guide("equal", false, new Point(low, low), new Point(high, high))
        .guide("± 10 %", true, new Point(low, low * above), new Point(high / above, high))
        .guide("", true, new Point(low / below, low), new Point(high, high * below))
        .dots("uniform", points(figures.uniform()))
        .dots("spread", points(figures.spread()));
  }

  private static List<Point> points(List<Prediction> predictions) {
    return predictions.stream()
        .map(p -> new Point(p.predictedMillis(), p.measuredMillis()))
        .toList();
  }
}
