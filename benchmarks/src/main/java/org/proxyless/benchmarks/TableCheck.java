package org.proxyless.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.Operator;

/** Measures a few entries of a table again, to see in seconds whether it still holds. */
public final class TableCheck {
  /** By how much operators may be slower or quicker than the table says. */
  static final double MOST_DRIFT = 0.05;

  /** Before a third look; a machine that others share is quick or slow for longer than a look. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private static final int BLOCKS = 6;
  private static final int BLOCK_MILLIS = 13;

  private TableCheck() {}

  /** Whether a table says how it was measured, so that it can be compared with the machine. */
  public static boolean canCheck(LatencyTable table) {
    return table.settings().containsKey(Profiler.SENTINEL)
        && table.settings().containsKey(Profiler.NEIGHBOURS)
        && Reference.isIn(table)
        && table.entries().containsKey(table.settings().get(Profiler.SENTINEL));
  }

  /**
   * Compares a table of this machine with what the machine does now.
   *
   * @return the table, or the table scaled if everything is slower or quicker by one factor, which
   *     the progress is told
   * @throws InvalidInputException if operators have moved by different factors
   * @throws MeasuringFailedException if the measuring process dies or this thread is interrupted
   */
  public static LatencyTable check(
      LatencyTable table, DeviceProfile profile, MeasuringProgress progress) {
    return check(table, profile, PAUSE, progress);
  }

  static LatencyTable check(
      LatencyTable table, DeviceProfile profile, Duration pause, MeasuringProgress progress) {
    TableSample sample = TableSample.of(table);
    try (Journal journal = Journal.inMemory()) {
      Readings seen = look(1, table, sample, profile, journal, progress);
      Map<String, Double> outliers = sample.outliers(seen, MOST_DRIFT);
      if (!outliers.isEmpty() || Math.abs(seen.drift() - 1) > MOST_DRIFT) {
        // A disturbance of the machine is over, more likely than not, at a second look.
        seen = look(2, table, sample, profile, journal, progress);
        outliers = sample.outliers(seen, MOST_DRIFT);
      }
      if (!outliers.isEmpty()) {
        throw refused(table, seen.drift(), sample.ratio(seen), outliers);
      }
      double drift = seen.drift();
      if (drift < 1 - MOST_DRIFT) {
        // A network for a machine that is quick for a moment would be too slow ever after.
        progress.note(
            "The machine is quicker than the latency table says: it is looked at again in "
                + pause.toSeconds()
                + " s");
        Pause.SLEEP.of(pause);
        try (Journal later = Journal.inMemory()) {
          drift = Math.max(drift, look(1, table, sample, profile, later, progress).drift());
        }
      }
      if (Math.abs(drift - 1) <= MOST_DRIFT) {
        return table;
      }
      progress.note(
          String.format(
              Locale.ROOT,
              "This machine takes %.3f times what the latency table says, for all operators"
                  + " alike: the table is scaled by that",
              drift));
      return ScaledTable.of(table, drift);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a temporary folder", e);
    }
  }

  private static Readings look(
      int looks,
      LatencyTable table,
      TableSample sample,
      DeviceProfile profile,
      Journal journal,
      MeasuringProgress progress)
      throws IOException {
    List<String> keys = sample.keys();
    Operator sentinel = Operator.ofKey(keys.get(keys.size() - 1));
    VisitMeasuring.Subject subject =
        new VisitMeasuring.Subject(
            profile,
            sentinel.input(), // neither it nor the classes matter: the call is not measured
            1,
            Neighbours.of(table),
            List.of(),
            BLOCKS,
            BLOCK_MILLIS);
    // The sentinel is visited anyway.
    Campaign.Plan plan =
        new Campaign.Plan(
            subject,
            keys.subList(0, keys.size() - 1),
            Neighbours.sentinel(table),
            looks,
            1,
            0,
            looks);
    return new Campaign(plan, journal, progress)
        .run(MachineFingerprint.of(profile))
        .at(Reference.of(table));
  }

  /**
   * @param drift of the reference
   * @param usual how many times what the table says operators take beside that
   * @param outliers the same of those that did not move alike
   */
  static InvalidInputException refused(
      LatencyTable table, double drift, double usual, Map<String, Double> outliers) {
    return new InvalidInputException(
        String.format(
            Locale.ROOT,
            "the latency table of space '%s' no longer fits this machine: operators usually take"
                + " %.2f times what it says, but %s. Close other programs and try again, or"
                + " measure a new table with 'profile --again'.",
            table.space(),
            drift * usual,
            outliers.entrySet().stream()
                .map(
                    entry ->
                        String.format(
                            Locale.ROOT,
                            "'%s' %.2f times",
                            entry.getKey(),
                            drift * entry.getValue()))
                .collect(Collectors.joining(", "))));
  }
}
