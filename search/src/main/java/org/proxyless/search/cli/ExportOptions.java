package org.proxyless.search.cli;

import java.nio.file.Path;
import org.proxyless.search.run.Rules;
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
          "The folder that gets the SavedModel as DIR/1, new or empty, named like the model is to"
              + " be served (default: a new one in the run directory).")
  private Path out;

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

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
