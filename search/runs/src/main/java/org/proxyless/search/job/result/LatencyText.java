package org.proxyless.search.job.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.TableEstimate;

/** Target, prediction and measurement side by side, for people. */
final class LatencyText {
  private static final String INDENT = "          ";

  private LatencyText() {}

  static List<String> of(SearchResult result) {
    LatencyTarget target = result.target();
    double predicted = result.prediction().latencyMillis();
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "latency   target %.3f ms%s",
            target.millis(),
            target.percentile() == LatencyTarget.MEDIAN
                ? ""
                : format(" for %d %% of the calls", target.percentile())));
    OptionalDouble deviation = result.prediction().standardDeviationMillis();
    lines.add(INDENT + (deviation.isPresent() ? reserve(target) : margin(target)));
    lines.add(
        format(
            INDENT + "predicted %.3f ms%s (%s)",
            predicted,
            deviation.isPresent() ? format(" ± %.3f", deviation.getAsDouble()) : "",
            percentOff(predicted, target)));
    lines.add(
        INDENT
            + result
                .measured()
                .map(measured -> measured(target, measured))
                .orElse("predicted only: the device is not here"));
    if (result.proofRepeats() > 0) {
      lines.add(
          format(
              INDENT
                  + "derived again %d time%s, since what was measured was above the target or left it unused",
              result.proofRepeats(),
              result.proofRepeats() == 1 ? "" : "s"));
    }
    result.second().ifPresent(second -> lines.addAll(second(second)));
    return lines;
  }

  private static List<String> second(SecondLatency second) {
    LatencyTarget target = second.target();
    return List.of(
        format(INDENT + "on %s: target %.3f ms", second.device(), target.millis()),
        INDENT + "  " + margin(target),
        format(
            INDENT + "  predicted %.3f ms (%s)",
            second.predictedMillis(),
            percentOff(second.predictedMillis(), target)),
        INDENT
            + "  "
            + second
                .measured()
                .map(measured -> measured(target, measured))
                .orElse("predicted only: the device is not here"));
  }

  /** Of a table that knows how uncertain it is. */
  private static String reserve(LatencyTarget target) {
    return format(
        "predictions kept at most %.3f ms, less what each is uncertain by (%.3f standard deviations)",
        target.boundMillis(), TableEstimate.CAUTION);
  }

  private static String margin(LatencyTarget target) {
    return target.verified()
        ? format(
            "predictions kept at most %.3f ms, a margin of %.1f %% by the table's verification",
            target.boundMillis(), 100 * target.margin())
        : "no margin: the table was never verified ('profile verify')";
  }

  private static String measured(LatencyTarget target, WatchedMeasurement measured) {
    double millis = target.millisOf(measured);
    String shown = format("measured %.3f ms (%s): ", millis, percentOff(millis, target));
    return switch (target.verdict(measured)) {
      case MET -> shown + "the target is met" + machine(target, measured);
      case MISSED -> shown + "the target is missed" + machine(target, measured);
      case DRIFTED ->
          shown + "undecided" + machine(target, measured) + "; measure it on a quiet machine";
    };
  }

  /** Tables from elsewhere may name no sentinel. */
  private static String machine(LatencyTarget target, WatchedMeasurement measured) {
    if (measured.drift().isEmpty()) {
      return "; whether the machine drifted is not known, as the table names no sentinel";
    }
    return measured.drifted() || target.verdict(measured) == Verdict.DRIFTED
        ? format(
            "; the machine took %.2f times what its table says, at the table's speed it would be"
                + " %.3f ms",
            measured.drift().getAsDouble(), measured.atTableSpeed(target.millisOf(measured)))
        : "";
  }

  private static String percentOff(double millis, LatencyTarget target) {
    return format("%+.1f %%", 100 * (millis / target.millis() - 1));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
