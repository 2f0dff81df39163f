package org.proxyless.latency;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.proxyless.base.InvalidInputException;

/**
 * The latency of one operator on one device. Imported entries have only what their file had.
 *
 * @param medianMillis what sums use; positive, but for the terms of a linear model
 * @param meanMillis positive
 * @param low95Millis lower end of the median's 95 % confidence interval
 * @param high95Millis its upper end
 * @param standardDeviationMillis of the samples; not negative
 * @param samples how many measurements stand behind it; at least 1
 * @param forks in how many processes they were taken; at least 1
 * @param standardErrorMillis of the median, from measurements that were made apart; positive
 */
public record LatencyEntry(
    double medianMillis,
    OptionalDouble meanMillis,
    OptionalDouble low95Millis,
    OptionalDouble high95Millis,
    OptionalDouble standardDeviationMillis,
    OptionalInt samples,
    OptionalInt forks,
    OptionalDouble standardErrorMillis) {

  /** An entry of which only the value is known. */
  public static LatencyEntry ofMillis(double medianMillis) {
    return new LatencyEntry(
        medianMillis,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty());
  }

  /** An entry of which everything is known. */
  public static LatencyEntry measured(
      double medianMillis,
      double meanMillis,
      double low95Millis,
      double high95Millis,
      double standardDeviationMillis,
      int samples,
      int forks) {
    return new LatencyEntry(
        medianMillis,
        OptionalDouble.of(meanMillis),
        OptionalDouble.of(low95Millis),
        OptionalDouble.of(high95Millis),
        OptionalDouble.of(standardDeviationMillis),
        OptionalInt.of(samples),
        OptionalInt.of(forks),
        OptionalDouble.empty());
  }

  /** This entry with what its median is uncertain by. */
  public LatencyEntry withStandardError(double millis) {
    return new LatencyEntry(
        medianMillis,
        meanMillis,
        low95Millis,
        high95Millis,
        standardDeviationMillis,
        samples,
        forks,
        OptionalDouble.of(millis));
  }

  /**
   * Checks every value that is there; the constructor does not, because only the table can name the
   * operator.
   *
   * @param kind whether the value is a latency or a signed term
   * @throws InvalidInputException naming the key, the field and its value
   */
  void requireSound(String key, TableKind kind) {
    requireMillis(key, "median", medianMillis, kind);
    meanMillis.ifPresent(mean -> requireMillis(key, "mean", mean, kind));
    double low = low95Millis.orElse(Double.NEGATIVE_INFINITY);
    double high = high95Millis.orElse(Double.POSITIVE_INFINITY);
    boolean ends = low95Millis.isPresent() == high95Millis.isPresent();
    boolean finite = low95Millis.isEmpty() || (Double.isFinite(low) && Double.isFinite(high));
    require(
        ends && finite && low <= high,
        key,
        "95 % interval",
        "[" + low + ", " + high + "] ms",
        "two finite ends in order");
    double deviation = standardDeviationMillis.orElse(0);
    require(
        deviation >= 0 && Double.isFinite(deviation),
        key,
        "standard deviation",
        deviation + " ms",
        "finite and not negative");
    require(samples.orElse(1) >= 1, key, "samples", samples, "at least 1");
    require(forks.orElse(1) >= 1, key, "forks", forks, "at least 1");
    standardErrorMillis.ifPresent(
        error ->
            require(
                error > 0 && Double.isFinite(error),
                key,
                "standard error",
                error + " ms",
                "positive and finite"));
  }

  private static void requireMillis(String key, String field, double millis, TableKind kind) {
    boolean signed = kind == TableKind.LINEAR_MODEL;
    require(
        (signed || millis > 0) && Double.isFinite(millis),
        key,
        field,
        millis + " ms",
        signed ? "finite" : "positive and finite");
  }

  private static void require(boolean sound, String key, String field, Object value, String rule) {
    if (!sound) {
      throw new InvalidInputException(
          "entry '"
              + key
              + "': "
              + field
              + " is "
              + value
              + "; it must be "
              + rule
              + ". Measure this operator again, or take its entry out.");
    }
  }
}
