package org.proxyless.benchmarks.tables;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.machine.MachineState;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.process.Pause;
import org.proxyless.benchmarks.sites.MeasuringSites;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.LatencyTable;

/** Measures a few entries of a table again, to see in seconds whether it still holds. */
public final class TableCheck {
  /** By how much operators may be slower or quicker than the table says. */
  static final double MOST_DRIFT = 0.05;

  /** Before a third look; a machine that others share is quick or slow for longer than a look. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  /** Readings of which more than this part was disturbed tell nothing. */
  private static final double MOSTLY = 0.5;

  /** Where of a handful of operators more than this moved, as large a part of all others did. */
  private static final int SINGLE = 1;

  /** By more than this factor no other program slows what is measured in turns with it. */
  private static final double MOST_BY_OTHERS = 1.5;

  private static final int BLOCKS = 6;
  private static final int BLOCK_MILLIS = 13;

  private final LatencyTable table;
  private final TableSample sample;
  private final DeviceProfile profile;
  private final Visitor visitor;
  private final Pause pause;
  private final MeasuringProgress progress;

  /**
   * @param pause before the look that decides whether the machine is quicker for good
   */
  TableCheck(
      LatencyTable table,
      DeviceProfile profile,
      Visitor visitor,
      Pause pause,
      MeasuringProgress progress) {
    this.table = table;
    this.sample = TableSample.of(table);
    this.profile = profile;
    this.visitor = visitor;
    this.pause = pause;
    this.progress = progress;
  }

  /**
   * A table that is up to date.
   *
   * @param lasting with the entries that were measured again, for the speed at which it was made
   * @param drift how many times that this machine takes at present
   */
  public record Current(LatencyTable lasting, double drift) {
    /** For the machine as it is at present. */
    public LatencyTable forNow() {
      return drift == 1 ? lasting : ScaledTable.of(lasting, drift);
    }
  }

  /** Whether a table says how it was measured, so that it can be compared with the machine. */
  public static boolean canCheck(LatencyTable table) {
    return table.settings().containsKey(Profiler.SENTINEL)
        && table.settings().containsKey(Profiler.NEIGHBOURS)
        && Reference.isIn(table)
        && table.entries().containsKey(table.settings().get(Profiler.SENTINEL));
  }

  /**
   * Compares a table of this machine with what the machine does now, and brings it up to date: if
   * everything is slower or quicker by one factor the table is scaled, and single operators that
   * deviate are measured again. The progress is told.
   *
   * @param strict whether operators that moved by different factors are refused instead
   * @return what holds now; empty if so many operators moved that it takes a new one
   * @throws InvalidInputException if it is strict and operators have moved by different factors
   * @throws MeasuringFailedException if the measuring process dies or this thread is interrupted
   */
  public static Optional<Current> update(
      LatencyTable table, DeviceProfile profile, boolean strict, MeasuringProgress progress) {
    return new TableCheck(table, profile, Visitor.of(profile), Pause.SLEEP, progress)
        .update(strict);
  }

  /** Does the same. */
  Optional<Current> update(boolean strict) {
    try (Journal journal = Journal.inMemory()) {
      Readings seen = look(1, journal);
      Map<String, Double> outliers = sample.outliers(seen, MOST_DRIFT);
      if (!outliers.isEmpty() || Math.abs(seen.drift() - 1) > MOST_DRIFT) {
        // A disturbance of the machine is over, more likely than not, at a second look.
        seen = look(2, journal);
        outliers = sample.outliers(seen, MOST_DRIFT);
      }
      if (strict && !outliers.isEmpty()) {
        throw refused(table, seen.drift(), sample.ratio(seen), outliers);
      }
      if (seen.movedShare() > MOSTLY && couldBeOtherWork(seen.drift(), outliers)) {
        progress.note(
            "Other programs disturb this machine too much to tell whether the latency table still"
                + " holds: it is used as it is");
        return Optional.of(new Current(table, 1));
      }
      if (outliers.size() > SINGLE) {
        progress.note(moved(seen.drift(), outliers) + ": a new latency table is measured");
        return Optional.empty();
      }
      LatencyTable updated = table;
      if (!outliers.isEmpty()) {
        progress.note(moved(seen.drift(), outliers) + ": measured again");
        updated = TableRefinement.replaced(table, outliers.keySet(), profile, visitor, progress);
      }
      double drift = lastingDrift(seen.drift());
      if (Math.abs(drift - 1) <= MOST_DRIFT) {
        return Optional.of(new Current(updated, 1));
      }
      progress.note(
          String.format(
              Locale.ROOT,
              "This machine takes %.3f times what the latency table says, for all operators"
                  + " alike%s: the table is scaled by that",
              drift,
              clocks()));
      return Optional.of(new Current(updated, drift));
    }
  }

  /** What explains a slower machine, where it is known. */
  private String clocks() {
    String then = table.settings().get(MachineState.MEGAHERTZ);
    if (then == null) {
      return "";
    }
    OptionalDouble now = MeasuringSites.of(profile).state(profile).megahertz();
    return now.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            " (its processors run at %.0f MHz, for the table they ran at %s)",
            now.getAsDouble(),
            then);
  }

  /** A network for a machine that is quick for a moment would be too slow ever after. */
  private double lastingDrift(double drift) {
    if (drift >= 1 - MOST_DRIFT) {
      return drift;
    }
    progress.note(
        "The machine is quicker than the latency table says: it is looked at again in "
            + PAUSE.toSeconds()
            + " s");
    pause.of(PAUSE);
    try (Journal later = Journal.inMemory()) {
      return Math.max(drift, look(1, later).drift());
    }
  }

  /** Whether other programs may have made all the difference, and nothing else. */
  private static boolean couldBeOtherWork(double drift, Map<String, Double> outliers) {
    return Stream.concat(Stream.of(drift), outliers.values().stream())
        .allMatch(factor -> factor < MOST_BY_OTHERS && factor > 1 / MOST_BY_OTHERS);
  }

  private static String moved(double drift, Map<String, Double> outliers) {
    return "Other than the rest, this machine takes "
        + factors(drift, outliers)
        + " what the latency table says";
  }

  private static String factors(double drift, Map<String, Double> outliers) {
    return outliers.entrySet().stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT, "'%s' %.2f times", entry.getKey(), drift * entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private Readings look(int looks, Journal journal) {
    // The sentinel, which is the last one, is visited anyway.
    List<String> keys = sample.keys().subList(0, sample.keys().size() - 1);
    return new OperatorLook(table, keys, profile, visitor, 1, BLOCKS, BLOCK_MILLIS)
        .read(looks, looks, journal, progress);
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
            factors(drift, outliers)));
  }
}
