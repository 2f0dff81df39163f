package org.proxyless.search.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.JsonReport;

/**
 * One HTML file that shows runs: style, script and data are in it, and its content policy forbids
 * it the network. The script draws from the data, so there is one place for every number.
 */
public final class HtmlReport {
  private final String html;

  private HtmlReport(String html) {
    this.html = html;
  }

  /** The page of one run, or of several to compare. */
  public static HtmlReport of(List<RunRecord> runs) {
    return of(runs, null);
  }

  /**
   * The page of the searches of several strategies, which begins with how these compare.
   *
   * @param strategies the figures of the comparison, by the keys of its JSON; null without one
   */
  public static HtmlReport of(List<RunRecord> runs, Map<String, Object> strategies) {
    String title =
        strategies == null
            ? runs.stream().map(RunRecord::name).collect(Collectors.joining(", "))
            : "Comparison of strategies";
    JsonReport data = new JsonReport();
    data.put("runs", runs.stream().map(RunRecord::data).toList());
    data.put("strategies", strategies);
    return new HtmlReport(
        resource("report.html")
            .replace("@TITLE@", escaped(title))
            .replace("@CSS@", resource("report.css"))
            .replace(
                "@JS@",
                resource("charts.js")
                    + resource("strategies.js")
                    + resource("examination.js")
                    + resource("report.js"))
            .replace("@DATA@", inScript(data.toString())));
  }

  /**
   * Refuses, before any work is done, a file that could not be written.
   *
   * @throws InvalidInputException if it is a folder, or lies in a folder that is not there
   */
  public static void check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "--out is " + file + "; it must be a file in a folder that is there: name another.");
    }
  }

  /** Writes the page, whole or not at all. */
  public void write(Path file) {
    AtomicFile.write(file, html.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return html;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;");
  }

  /** JSON that is no markup, ends no script and holds no placeholder, whatever names are in it. */
  private static String inScript(String json) {
    return json.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("@", "\\u0040");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
