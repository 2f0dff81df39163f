package org.proxyless.search.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.proxyless.latency.Fingerprint;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.network.Operator;
import org.proxyless.base.JsonReport;
import org.proxyless.base.StrictYaml;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/** Sweeps for tests: of a space of three edges, by a made-up table of a device that is not here. */
final class Sweeps {
  private Sweeps() {}

  static Path space() {
    try {
      return Path.of(Sweeps.class.getResource("/tiny.yaml").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Networks take 1 to 3.5 ms. */
  static Path table(Path file) {
    SearchSpace space = SearchSpaces.load(space().toString(), 1, null, null);
    LatencyTable.Builder table =
        LatencyTable.builder("phone", space.name())
            .fingerprint(Fingerprint.of(Map.of("processor", "of a phone")))
            .call(LatencyEntry.ofMillis(0.1));
    for (Operator operator : space.distinctOperators()) {
      if (!operator.isZero()) {
        table.put(operator, LatencyEntry.ofMillis(millis(operator)));
      }
    }
    LatencyTables.write(table.build(), file);
    return file;
  }

  private static double millis(Operator operator) {
    return switch (operator.type().label()) {
      case "MBConv1 3×3" -> 0.5;
      case "MBConv2 5×5" -> 1;
      default -> 0.2;
    };
  }

  /** Writes a sweep's file, whose grid is given, and what its cells need. */
  static Path file(Path folder, String grid) {
    table(folder.resolve("phone.table"));
    return write(
        folder.resolve("sweep.yaml"),
        """
        cell: {memory-mib: 600, attempts: 3}
        search:
          space: %s
          table: phone.table
          allow-foreign-table: true
          max-images: 400
          warmup-epochs: 1
          epochs: 1
          fine-tune-epochs: 1
        grid: %s
        """
            .formatted(space(), grid));
  }

  static SweepPlan plan(Path folder, String grid) {
    return SweepPlan.of(SweepFile.read(file(folder, grid)), folder);
  }

  /** A sweep's folder with that plan in it. */
  static SweepFolder begun(Path folder, SweepPlan plan) {
    SweepFolder sweep = new SweepFolder(folder.resolve("out"));
    sweep.create();
    sweep.keep(plan, folder.resolve("sweep.yaml"));
    return sweep;
  }

  /** What a search leaves in a run directory when it ends. */
  static void finish(Path run, double accuracy, double millis) {
    try {
      Files.createDirectories(run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SearchSettings settings = SearchSettings.builder().targetMillis(2.0).build();
    write(
        run.resolve("settings.yaml"),
        new String(StrictYaml.write(settings), StandardCharsets.UTF_8));
    JsonReport figures = new JsonReport();
    figures.put(
        "figures",
        Map.of(
            "targetMillis",
            2.0,
            "predictedMillis",
            millis,
            "testAccuracy",
            accuracy,
            "parameters",
            1000,
            "macs",
            50_000,
            "savedModel",
            run.resolve("export").toString()));
    figures.write(run.resolve("provenance.json"));
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
