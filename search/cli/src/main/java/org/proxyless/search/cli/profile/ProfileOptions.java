package org.proxyless.search.cli.profile;

import java.nio.file.Path;
import org.proxyless.benchmarks.tables.Quality;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.cli.options.SpaceSizeOptions;
import org.proxyless.search.run.settings.ProfileSettings;
import org.proxyless.search.run.settings.SearchSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code profile}. */
public final class ProfileOptions {
  /** How much time a measurement takes, as users write it. */
  enum Effort {
    quick(Quality.QUICK),
    standard(Quality.STANDARD);

    private final Quality quality;

    Effort(Quality quality) {
      this.quality = quality;
    }
  }

  @Option(
      names = "--device",
      paramLabel = "NAME|FILE",
      defaultValue = SearchSettings.DEFAULT_DEVICE,
      description =
          "The device: a name from 'list devices' or a profile in YAML (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE",
      defaultValue = SearchSettings.DEFAULT_SPACE,
      description =
          "The space whose operators are measured: a name from 'list spaces' or a file in YAML"
              + " (default: ${DEFAULT-VALUE}).")
  private String space;

  @Mixin private SpaceSizeOptions size;

  @Option(
      names = "--quality",
      paramLabel = "NAME",
      defaultValue = "standard",
      description = "How much time to take: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Effort quality;

  @Option(
      names = "--out",
      paramLabel = "TABLE",
      description = "The table's file (default: in the user's cache, where searches find it).")
  private Path out;

  @Option(
      names = "--again",
      description = "Measures even if the file holds this very table already.")
  private boolean again;

  @Mixin private JsonOption json;

  /**
   * What to measure.
   *
   * @throws org.proxyless.base.InvalidInputException if a value breaks a rule
   */
  public ProfileSettings settings() {
    return new ProfileSettings(
        device, space, size.width(), size.input(), size.classes(), quality.quality, out);
  }

  /** Whether to measure what is there already. */
  boolean again() {
    return again;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
