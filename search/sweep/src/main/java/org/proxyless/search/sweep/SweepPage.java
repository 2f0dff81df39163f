package org.proxyless.search.sweep;

import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.proxyless.search.statistics.Interval;
import org.proxyless.search.statistics.Sample;

/** A sweep as one page of HTML: a front for each device, intervals over seeds, what failed. */
final class SweepPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Sweep</title>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
      'unsafe-inline'; img-src data:">
      <style>
      body { font: 15px/1.5 sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em }
      table { border-collapse: collapse; margin: 1em 0 }
      td, th { padding: .2em .8em; text-align: left; border-bottom: 1px solid #ddd }
      td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
      tr.front { font-weight: bold }
      img { max-width: 100% }
      </style></head><body>
      """;

  private final SweepResults results;
  private final List<DeviceFront> fronts;
  private final List<byte[]> pictures;
  private final StringBuilder html = new StringBuilder(HEAD);

  /**
   * A page, with everything in it.
   *
   * @param pictures of the fronts, as SVG
   */
  SweepPage(SweepResults results, List<DeviceFront> fronts, List<byte[]> pictures) {
    this.results = results;
    this.fronts = fronts;
    this.pictures = List.copyOf(pictures);
  }

  String html() {
    add("<h1>Sweep</h1><p>%s</p>", SweepText.status(results).get(0));
    add(
        "<p>Means over seeds; intervals are Student's, of 95 %%, and say nothing of a single seed."
            + " In bold: no other is both quicker and more accurate. Latencies are those of the"
            + " tables, measured ones of the networks' files.</p>");
    for (int i = 0; i < fronts.size(); i++) {
      front(fronts.get(i), pictures.get(i));
    }
    List<CellResult> failed = results.that(CellResult.Standing.FAILED);
    if (!failed.isEmpty()) {
      add("<h2>Failed</h2><table><tr><th>cell<th class=n>attempts<th>why</tr>");
      failed.forEach(
          cell ->
              add(
                  "<tr><td>%s<td class=n>%d<td>%s</tr>",
                  cell.cell().id(), cell.ended().orElseThrow().attempts(), cell.remark()));
      add("</table>");
    }
    add("</body></html>");
    return html.toString();
  }

  private void front(DeviceFront front, byte[] picture) {
    add("<h2>%s</h2>", front.device().isEmpty() ? "Networks" : front.device());
    add(
        "<img src=\"data:image/svg+xml;base64,%s\" alt=\"accuracy over latency\">",
        Base64.getEncoder().encodeToString(picture));
    add(
        "<table><tr><th>search<th class=n>test %%<th>95 %% interval<th class=n>table ms"
            + "<th>95 %% interval<th class=n>measured ms<th class=n>seeds</tr>");
    List<CellGroup> best = front.front();
    front.groups().stream()
        .sorted(Comparator.comparingDouble(group -> -group.accuracies().mean()))
        .forEach(group -> row(group, best.contains(group)));
    add("</table>");
  }

  private void row(CellGroup group, boolean onFront) {
    Sample accuracies = group.accuracies();
    Sample millis = group.predictedMillis();
    List<Double> measured =
        group.cells().stream()
            .map(CellResult::measuredMillis)
            .filter(value -> value != null)
            .toList();
    add(
        "<tr%s><td>%s<td class=n>%s<td>%s<td class=n>%s<td>%s<td class=n>%s<td class=n>%d</tr>",
        onFront ? " class=front" : "",
        group.name().isEmpty() ? "all" : group.name(),
        number("%.2f", 100 * accuracies.mean()),
        range(accuracies, "%.2f", 100),
        number("%.3f", millis.mean()),
        range(millis, "%.3f", 1),
        measured.isEmpty() ? "" : number("%.3f", new Sample(measured).mean()),
        accuracies.size());
  }

  private static String range(Sample sample, String form, double scale) {
    return sample
        .interval95()
        .map(
            (Interval interval) ->
                number(form, scale * interval.low())
                    + " to "
                    + number(form, scale * interval.high()))
        .orElse("");
  }

  private static String number(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }

  /** Adds markup, with texts that are none in it. */
  private void add(String form, Object... values) {
    Object[] texts = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      texts[i] = values[i] instanceof String text ? escaped(text) : values[i];
    }
    html.append(String.format(Locale.ROOT, form, texts)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
