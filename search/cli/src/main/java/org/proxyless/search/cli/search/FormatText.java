package org.proxyless.search.cli.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.proxyless.search.job.derive.FormatExport;

/** Files of a network in several formats, as lines. */
final class FormatText {
  private static final double MEGABYTE = 1e6;

  private FormatText() {}

  /** One line for the SavedModel and one for each file, with what it lost. */
  static List<String> of(FormatExport export) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "written   %s (SavedModel), test accuracy %.2f %%",
            export.savedModel().toAbsolutePath(),
            100 * export.testAccuracy()));
    for (FormatExport.Exported file : export.files()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "          %s (%s, %.2f MB), %s",
              file.file().toAbsolutePath(),
              file.format().description(),
              file.bytes() / MEGABYTE,
              file.check()
                  .map(check -> text(check, export.testAccuracy()))
                  .orElse("not run: its runtime is not part of this program")));
      file.caution().ifPresent(caution -> lines.add("          note: " + caution + "."));
    }
    return lines;
  }

  private static String text(FormatExport.Check check, double accuracy) {
    return String.format(
        Locale.ROOT,
        "test accuracy %.2f %% (%+.2f points), probabilities within %.1e of the SavedModel's",
        100 * check.testAccuracy(),
        100 * (check.testAccuracy() - accuracy),
        check.greatestDifference());
  }
}
