package org.proxyless.search.cli.search;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.search.cli.options.FormatOption;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.run.settings.Rules;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code export}. */
final class ExportOptions {
  @Parameters(paramLabel = "RUN", description = "The directory of the run.")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The folder that gets the SavedModel as DIR/1, new, named like the model is to be served"
              + " (default: one in the run directory).")
  private Path out;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data set lies, for --format (default: where it was in the run).")
  private Path dataDir;

  @Mixin private FormatOption format;
  @Mixin private JsonOption json;

  /** The run directory. */
  Path run() {
    Rules.folder("RUN", run);
    return run;
  }

  /** The folder for the SavedModel, or null for one in the run directory. */
  Path out() {
    return out;
  }

  /** The formats to write beside the SavedModel. */
  List<NetworkFormat> formats() {
    return format.formats();
  }

  /** Where the data set lies, or null for where it was. */
  Path dataDir() {
    Rules.present("--data-dir", dataDir);
    return dataDir;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
