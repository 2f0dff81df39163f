package org.proxyless.search.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.proxyless.base.AtomicFile;

/** What is made of a sweep's cells, as files in its folder. */
public final class SweepReport {
  /** The table. */
  public static final String CSV = "results.csv";

  /** The comparison. */
  public static final String PAGE = "report.html";

  private static final String PARQUET = "results.parquet";

  private SweepReport() {}

  /** Writes table, page and plots anew; each is there whole or not at all. */
  public static void write(SweepResults results, SweepFolder folder) {
    ResultFiles.writeCsv(results, folder.file(CSV));
    ResultFiles.writeParquet(results, folder.file(PARQUET));
    List<DeviceFront> fronts = DeviceFront.of(results);
    List<byte[]> pictures = new ArrayList<>();
    for (DeviceFront front : fronts) {
      Path png = folder.file("front-" + (pictures.size() + 1) + ".png");
      front.plot().writeBoth(png);
      pictures.add(bytes(folder.file("front-" + (pictures.size() + 1) + ".svg")));
    }
    String html = new SweepPage(results, fronts, pictures).html();
    AtomicFile.write(folder.file(PAGE), html.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
