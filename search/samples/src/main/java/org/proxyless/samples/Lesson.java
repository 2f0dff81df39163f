package org.proxyless.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.result.Summary;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/** What the lessons share, so that each ends in seconds; nothing that you need. */
final class Lesson {
  private Lesson() {}

  /** The folder to write to: the first argument, or a temporary one. */
  static Path folder(String... args) throws IOException {
    return args.length == 0
        ? Files.createTempDirectory("proxyless-sample")
        : Files.createDirectories(Path.of(args[0]));
  }

  /** Puts a space of this module into a folder: settings name spaces by their files. */
  static Path spaceFile(String name, Path folder) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream yaml = Lesson.class.getResourceAsStream("/" + name)) {
      Files.copy(yaml, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /** A table that nobody measured, of a device that nobody has: dearer operators take longer. */
  static LatencyTable madeUpTable(SearchSpace space) {
    LatencyTable.Builder table =
        LatencyTable.builder("made-up", space.name()).call(LatencyEntry.ofMillis(0.1));
    for (Operator operator : space.distinctOperators()) {
      if (!operator.isZero()) {
        table.put(operator, LatencyEntry.ofMillis(0.1 + operator.macs() / 1e5));
      }
    }
    return table.build();
  }

  /** Runs a search and prints its outcome, as lesson 3 does. */
  static SearchResult run(SearchSettings.Builder settings) {
    SearchResult result = new SearchJob(settings.build(), Progress.silent()).run();
    Summary.of(result).forEach(System.out::println);
    return result;
  }

  /** A search of seconds by a table that was made up, on the images that the space says. */
  static SearchSettings.Builder shortSearch(String space, Path folder) throws IOException {
    return shortSearch(space, null, null, folder);
  }

  /** The same on other images, for whose size and classes the table is made up. */
  static SearchSettings.Builder shortSearch(String space, Shape image, Integer classes, Path folder)
      throws IOException {
    Path spaceFile = spaceFile(space, folder);
    Path table = folder.resolve("made-up.table");
    LatencyTables.write(
        madeUpTable(SearchSpaces.load(spaceFile.toString(), 1, image, classes)), table);
    return SearchSettings.builder()
        .space(spaceFile.toString())
        .table(table)
        .allowForeignTable(true) // one of another machine: the latency is predicted only
        .maxImages(1000)
        .warmupEpochs(2)
        .epochs(2)
        .fineTuneEpochs(4)
        .threads(1)
        .out(folder.resolve("run"));
  }
}
