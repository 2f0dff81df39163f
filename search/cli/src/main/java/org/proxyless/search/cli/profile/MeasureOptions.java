package org.proxyless.search.cli.profile;

import java.nio.file.Path;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.run.settings.Rules;
import org.proxyless.search.run.settings.SearchSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code measure}. */
public final class MeasureOptions {
  @Parameters(
      paramLabel = "MODEL|NETWORK",
      description =
          "A SavedModel's folder, a TensorFlow Lite file for a device that runs it, or a"
              + " network.json or a name from 'list networks', which get random weights.")
  private Path model;

  @Option(
      names = "--device",
      paramLabel = "NAME|FILE",
      defaultValue = SearchSettings.DEFAULT_DEVICE,
      description =
          "The device: a name from 'list devices' or a profile in YAML (default:"
              + " ${DEFAULT-VALUE}).")
  private String device;

  @Mixin private JsonOption json;

  /** What to time: a folder or a file. */
  public Path model() {
    Rules.present("MODEL|NETWORK", model);
    return model;
  }

  /** A device profile's name or file. */
  public String device() {
    return device;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
