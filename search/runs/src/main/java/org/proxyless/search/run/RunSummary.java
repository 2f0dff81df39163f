package org.proxyless.search.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.proxyless.base.CsvTable;
import org.proxyless.base.InvalidInputException;

/**
 * A run in a few words.
 *
 * @param path of its directory
 * @param state how it stands
 * @param start when it began
 * @param targetMillis that it was to meet; null if that is not known
 * @param predictedMillis of its network; null without one, as for all figures
 * @param measuredMillis of its network
 * @param testAccuracy 0 to 1
 * @param remark how far it came, or what it failed of; empty if there is nothing to say
 */
public record RunSummary(
    Path path,
    RunState state,
    Instant start,
    Double targetMillis,
    Double predictedMillis,
    Double measuredMillis,
    Double testAccuracy,
    String remark) {

  /**
   * The runs in a folder, in the order in which they began; or the one run whose directory it is.
   *
   * @throws InvalidInputException if there is no such folder
   */
  public static List<RunSummary> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "there is no folder " + folder + ". Name the one that holds the runs.");
    }
    if (RunDirectory.isOne(folder)) {
      return List.of(of(folder));
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(RunDirectory::isOne)
          .map(RunSummary::of)
          .sorted(Comparator.comparing(RunSummary::start).thenComparing(RunSummary::path))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  /** One run; if files of it cannot be read, its state and remark say so. */
  public static RunSummary of(Path run) {
    Instant start = startOf(run);
    try {
      RunState state = RunState.of(run);
      JsonNode figures = Provenance.figures(run.resolve(Provenance.FILE));
      return new RunSummary(
          run,
          state,
          start,
          RunDirectory.settings(run).targetMillis(),
          number(figures, "predictedMillis"),
          number(figures, "measuredMillis"),
          number(figures, "testAccuracy"),
          remark(run, state));
    } catch (InvalidInputException e) {
      return new RunSummary(run, RunState.DAMAGED, start, null, null, null, null, e.getMessage());
    }
  }

  /** The settings are written first, and never again. */
  private static Instant startOf(Path run) {
    Path settings = run.resolve(RunDirectory.SETTINGS);
    try {
      return Files.getLastModifiedTime(settings).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + settings, e);
    }
  }

  private static Double number(JsonNode figures, String key) {
    JsonNode value = figures.path(key);
    return value.isNumber() ? value.doubleValue() : null;
  }

  private static String remark(Path run, RunState state) {
    return switch (state) {
      case FAILED -> RunFailure.read(run).orElseThrow();
      case RUNNING, INTERRUPTED -> lastStep(run);
      case FINISHED, DAMAGED -> "";
    };
  }

  private static String lastStep(Path run) {
    Path file = run.resolve(RunDirectory.METRICS);
    if (!Files.exists(file)) {
      return "before the first step";
    }
    CsvTable metrics = CsvTable.read(file);
    int last = metrics.rows().size() - 1;
    if (last < 0) {
      return "before the first step";
    }
    List<String> row = metrics.rows().get(last);
    return row.get(metrics.column("stage")) + ", step " + row.get(metrics.column("step"));
  }
}
