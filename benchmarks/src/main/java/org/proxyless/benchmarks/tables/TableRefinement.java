package org.proxyless.benchmarks.tables;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkTiming;
import org.proxyless.latency.fit.TableFit;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

/**
 * Takes into a table's fit what was measured after it was made. The network that is cheapest by a
 * table is often one whose operators were measured too cheap, so those are measured again where it
 * matters.
 */
public final class TableRefinement {
  private static final int BLOCKS = 8;
  private static final int BLOCK_MILLIS = 16;
  private static final int PASSES = 2;

  /** Standard error of a network's latency below which other things than noise decide. */
  private static final double LEAST_ERROR = 0.003;

  private TableRefinement() {}

  /** Whether a table can learn: it has a fit, and says how it was measured. */
  public static boolean suits(LatencyTable table) {
    return TableFit.suits(table) && TableCheck.canCheck(table);
  }

  /**
   * The table once it knows of a network what was measured.
   *
   * @param table one that {@link #suits}
   */
  public static LatencyTable with(LatencyTable table, Network network, WatchedMeasurement look) {
    double millis = look.atTableSpeed(look.network().medianMillis());
    double error = Math.max(LEAST_ERROR, look.relativeStandardError()) * millis;
    return fitted(table.toBuilder().timing(NetworkTiming.of(network, millis, error)));
  }

  /**
   * The table once operators of it were measured again on this machine, in turns with each other.
   *
   * @param table one that {@link #suits}
   * @throws MeasuringFailedException if the measuring process dies or this thread is interrupted
   */
  public static LatencyTable remeasured(
      LatencyTable table,
      List<Operator> operators,
      DeviceProfile profile,
      MeasuringProgress progress) {
    List<String> keys =
        operators.stream()
            .map(Operator::key)
            .filter(table.entries()::containsKey)
            .distinct()
            .toList();
    return measuredAgain(
        table, keys, TableRefinement::together, profile, Visitor.of(profile), progress);
  }

  /**
   * The table with other entries for operators whose latency has changed since it was made.
   *
   * @param keys of operators of the table
   * @throws MeasuringFailedException if the measuring process dies or this thread is interrupted
   */
  static LatencyTable replaced(
      LatencyTable table,
      Collection<String> keys,
      DeviceProfile profile,
      Visitor visitor,
      MeasuringProgress progress) {
    return measuredAgain(
        table, List.copyOf(keys), (before, again) -> again, profile, visitor, progress);
  }

  /**
   * @param entry of the one there was and the one that was measured now
   */
  private static LatencyTable measuredAgain(
      LatencyTable table,
      List<String> keys,
      BinaryOperator<LatencyEntry> entry,
      DeviceProfile profile,
      Visitor visitor,
      MeasuringProgress progress) {
    LatencyTable.Builder more = table.toBuilder();
    try (Journal journal = Journal.inMemory()) {
      Readings readings =
          new OperatorLook(table, keys, profile, visitor, PASSES, BLOCKS, BLOCK_MILLIS)
              .read(1, table.timings().size(), journal, progress);
      for (String key : keys) {
        if (!readings.isDrowned(key)) {
          more.replace(key, entry.apply(table.entries().get(key), readings.entry(key)));
        }
      }
    }
    return fitted(more);
  }

  private static LatencyTable fitted(LatencyTable.Builder more) {
    LatencyTable table = more.build();
    return TableFit.suits(table) ? more.estimate(TableFit.of(table).estimate()).build() : table;
  }

  /**
   * Two measurements of one thing as one, each with the weight of its standard error; where they
   * differ more than these allow, the error of the whole grows with the difference.
   */
  static LatencyEntry together(LatencyEntry before, LatencyEntry again) {
    double beforeWeight = 1 / Math.pow(relativeError(before), 2);
    double againWeight = 1 / Math.pow(relativeError(again), 2);
    double weights = beforeWeight + againWeight;
    double distance = Math.log(again.medianMillis() / before.medianMillis());
    double millis = before.medianMillis() * Math.exp(distance * againWeight / weights);
    // The χ² of one degree of freedom is 1 on average.
    double chiSquare = distance * distance * beforeWeight * againWeight / weights;
    double error = Math.sqrt(Math.max(1, chiSquare) / weights);
    double shift = millis / again.medianMillis();
    return new LatencyEntry(
        millis,
        scaled(again.meanMillis(), shift),
        scaled(again.low95Millis(), shift),
        scaled(again.high95Millis(), shift),
        scaled(again.standardDeviationMillis(), shift),
        again.samples(),
        again.forks(),
        OptionalDouble.of(error * millis));
  }

  private static double relativeError(LatencyEntry entry) {
    return entry.standardErrorMillis().orElse(0.03 * entry.medianMillis()) / entry.medianMillis();
  }

  private static OptionalDouble scaled(OptionalDouble millis, double factor) {
    return millis.isPresent()
        ? OptionalDouble.of(millis.getAsDouble() * factor)
        : OptionalDouble.empty();
  }
}
