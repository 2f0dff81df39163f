package org.proxyless.search.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.Map;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategiesSettings;
import org.proxyless.search.run.settings.StrategyKind;

/**
 * The folder of a comparison of strategies: {@code comparison.yaml} (what each searches), {@code
 * latency.table}, a run directory for each strategy and seed, and the results, {@code compare.json}
 * and {@code report.html}.
 *
 * @param path absolute
 */
public record StrategiesDirectory(Path path) {
  private static final String SETTINGS = "comparison.yaml";

  /**
   * The folder that the settings name, or a new one. Where a comparison with the same settings was
   * begun, it goes on; it may get more strategies or seeds.
   *
   * @param start when it began; names a new folder
   * @throws InvalidInputException if the folder holds something else, or other settings
   */
  public static StrategiesDirectory open(StrategiesSettings settings, LocalDateTime start) {
    SearchSettings search = settings.search();
    Path folder =
        search.out() != null
            ? made(search.out())
            : RunDirectory.fresh(
                RunDirectory.HOME,
                "compare-"
                    + RunDirectory.label(search.space())
                    + "-"
                    + RunDirectory.label(search.device()),
                start);
    Path file = folder.resolve(SETTINGS);
    if (Files.exists(file)) {
      requireSame(file, search);
    } else {
      AtomicFile.write(file, StrictYaml.write(search));
    }
    return new StrategiesDirectory(folder);
  }

  private static Path made(Path out) {
    if (!Files.exists(out.resolve(SETTINGS))) {
      RunDirectory.requireFree(out);
    }
    try {
      return Files.createDirectories(out).toRealPath();
    } catch (IOException e) {
      throw new InvalidInputException(
          "--out is " + out + "; it cannot be made: " + e.getMessage() + ".", e);
    }
  }

  private static void requireSame(Path file, SearchSettings asked) {
    JsonNode before;
    try {
      before =
          StrictYaml.tree(
              StrictYaml.read(file.toString(), Files.readAllBytes(file), SearchSettings.class));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    Iterator<Map.Entry<String, JsonNode>> settings = StrictYaml.tree(asked).fields();
    while (settings.hasNext()) {
      Map.Entry<String, JsonNode> setting = settings.next();
      JsonNode then = before.get(setting.getKey());
      boolean folder = setting.getKey().equals("out"); // it was found there, however it is written
      if (!folder && !setting.getValue().equals(then)) {
        throw new InvalidInputException(
            String.format(
                "%s: %s was %s, and is %s now; give what it was, or another --out.",
                file, setting.getKey(), then, setting.getValue()));
      }
    }
  }

  /** The table that all searches price with. */
  public Path table() {
    return path.resolve("latency.table");
  }

  /** The directory of a search. */
  public Path run(StrategyKind strategy, long seed) {
    return path.resolve(strategy + "-" + seed);
  }

  /** Where the figures go. */
  public Path figures() {
    return path.resolve("compare.json");
  }

  /** Where the page goes. */
  public Path page() {
    return path.resolve("report.html");
  }
}
