package org.proxyless.benchmarks.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.util.Version;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.jmh.Messages;
import org.proxyless.benchmarks.jmh.Turns;
import org.proxyless.benchmarks.machine.MachineState;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.MeasuringSites;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.Fingerprint;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.TableEstimate;
import org.proxyless.latency.fit.TableFit;
import org.proxyless.network.Operator;

/** Fills a latency table by measuring every operator on the machine of a profile. */
public final class Profiler {
  /** The setting of a table that names the operator which tells how quick the machine is. */
  static final String SENTINEL = "sentinel";

  /** The setting of a table that names the operators among which each was measured. */
  static final String NEIGHBOURS = "neighbours";

  /** The part of disturbed measurements from which on a person should know. */
  private static final double WORTH_SAYING = 0.15;

  private static final ObjectMapper JSON = Messages.JSON;

  private Profiler() {}

  /**
   * The table of this task and machine, if the file holds it already.
   *
   * @throws InvalidInputException if this machine is not what the profile asks for
   */
  public static Optional<LatencyTable> finished(ProfilingTask task, Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    LatencyTable table;
    try {
      table = LatencyTables.read(file);
    } catch (InvalidInputException e) {
      return Optional.empty(); // whatever it is, it is not this table
    }
    boolean same =
        TableCheck.canCheck(table)
            && table.device().equals(task.profile().name())
            && table.space().equals(task.space())
            && table.fingerprint().equals(fingerprint(task))
            && table.settings().entrySet().containsAll(settings(task).entrySet())
            && table.entries().keySet().containsAll(keys(task));
    return same ? Optional.of(table) : Optional.empty();
  }

  /**
   * Measures and writes a table, with JMH's own results beside it. What a killed run has measured
   * is in a journal beside the table; a run with the same task goes on from there.
   *
   * @param file the table's; {@code .jmh.json} and {@code .journal} are appended for the others
   * @throws InvalidInputException if this machine is not what the profile asks for, or another
   *     measurement goes on and on
   * @throws MeasuringFailedException if a measuring process dies, an operator drowns in noise, or
   *     this thread is interrupted
   */
  public static LatencyTable profile(ProfilingTask task, Path file, MeasuringProgress progress)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Campaign.requireDevice(plan(task));
    Fingerprint machine = fingerprint(task);
    Campaign.Plan plan = plan(task);
    try (Journal journal =
        Journal.open(
            Path.of(file + ".journal"), Map.of("plan", plan, "machine", machine.facts()))) {
      if (journal.startedAfresh()) {
        progress.note(
            "A run that was stopped measured something else, or elsewhere: beginning anew");
      } else if (!journal.visits().isEmpty()) {
        progress.note(
            "Going on where a run was stopped, after " + journal.visits().size() + " measurements");
      }
      Campaign campaign =
          new Campaign(
              plan,
              Visitor.of(task.profile()),
              journal,
              progress,
              readings -> doubts(task, machine, readings));
      Readings readings = campaign.run(machine);
      LatencyTable table =
          fitted(
              table(
                  task,
                  machine,
                  MeasuringSites.of(task.profile()).state(task.profile()),
                  readings));
      if (readings.movedShare() > WORTH_SAYING) {
        progress.note(disturbed(readings, table));
      }
      AtomicFile.write(Path.of(file + ".jmh.json"), jmhJson(journal.visits()));
      LatencyTables.write(table, file);
      journal.delete();
      return table;
    }
  }

  /** What other work did to a table, and what that costs. */
  private static String disturbed(Readings readings, LatencyTable table) {
    OptionalDouble deviation = table.relativeDeviation();
    return String.format(
        Locale.ROOT,
        "%d of %d measurements were disturbed%s",
        readings.movedVisits(),
        readings.allVisits(),
        deviation.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ": predictions are uncertain by %.1f %%, of which a target keeps %.1f %% free; a quiet"
                    + " machine gives some 2 %%",
                100 * deviation.getAsDouble(),
                100 * TableEstimate.CAUTION * deviation.getAsDouble()));
  }

  private static Fingerprint fingerprint(ProfilingTask task) {
    return MeasuringSites.of(task.profile()).fingerprint(task.profile());
  }

  private static Campaign.Plan plan(ProfilingTask task) {
    Quality quality = task.quality();
    return new Campaign.Plan(
        new VisitMeasuring.Subject(
            task.profile(),
            task.image(),
            task.classes(),
            Neighbours.of(task.operators()),
            task.networks().stream().map(VisitMeasuring.Subject::operators).toList(),
            quality.blocks(),
            quality.blockMillis()),
        Stream.concat(
                keys(task).stream(),
                VisitMeasuring.Subject.networkKeys(task.networks().size()).stream())
            .toList(),
        Neighbours.sentinel(task.operators()),
        quality.forks(),
        quality.passes(),
        quality.repeats(),
        task.seed());
  }

  private static List<String> keys(ProfilingTask task) {
    List<String> keys = new ArrayList<>(task.operators().stream().map(Operator::key).toList());
    keys.add(LatencyTable.CALL);
    return keys;
  }

  private static LatencyTable table(
      ProfilingTask task, Fingerprint machine, MachineState state, Readings readings) {
    Map<String, String> settings = new TreeMap<>(settings(task));
    settings.putAll(readings.reference().settings());
    settings.put(
        "disturbed", readings.movedVisits() + " of " + readings.allVisits() + " measurements");
    settings.put(
        "unsettled",
        readings.keys().stream().filter(readings::isUnsettled).count()
            + " of "
            + readings.keys().size()
            + " entries");
    settings.putAll(state.settings());
    LatencyTable.Builder table =
        LatencyTable.builder(task.profile().name(), task.space())
            .fingerprint(machine)
            .settings(settings)
            .toolVersions(
                Map.of(
                    "jmh", Version.getPlainVersion(), "java", System.getProperty("java.version")))
            .created(Instant.now());
    keys(task).forEach(key -> table.put(key, readings.entry(key)));
    Verifier.timings(task.networks(), readings).forEach(table::timing);
    return table.build();
  }

  /** The table with the fit over all its measurements, verified on each network by all others. */
  private static LatencyTable fitted(LatencyTable measured) {
    if (!TableFit.suits(measured)) {
      return measured;
    }
    TableFit fit = TableFit.of(measured);
    return fit.table()
        .withVerification(PredictionErrors.verification(Verifier.leftOut(fit), measured.created()));
  }

  /**
   * What the fit over all measurements finds hard to believe: it is measured again, and counts if
   * it repeats.
   */
  private static List<String> doubts(ProfilingTask task, Fingerprint machine, Readings readings) {
    if (readings.keys().stream().anyMatch(readings::isDrowned)) {
      return List.of(); // which is measured again anyway
    }
    LatencyTable table = table(task, machine, MachineState.UNKNOWN, readings);
    if (!TableFit.suits(table)) {
      return List.of();
    }
    TableFit fit = TableFit.of(table);
    return Stream.concat(
            fit.suspectEntries().stream(),
            fit.suspectTimings().stream().map(VisitMeasuring.Subject::networkKey))
        .toList();
  }

  private static byte[] jmhJson(List<Visit> visits) throws JsonProcessingException {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsBytes(visits.stream().map(visit -> visit.measured().jmh()).toList());
  }

  private static Map<String, String> settings(ProfilingTask task) {
    DeviceProfile profile = task.profile();
    return Map.of(
        "kind",
        lower(profile.kind()),
        "runtime",
        lower(profile.runtime()),
        "threads",
        String.valueOf(profile.threads()),
        "batch",
        String.valueOf(profile.batch()),
        "precision",
        lower(profile.precision()),
        "quality",
        lower(task.quality()),
        SENTINEL,
        Neighbours.sentinel(task.operators()),
        NEIGHBOURS,
        String.join(Turns.SEPARATOR + " ", Neighbours.of(task.operators())));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
