package org.proxyless.search.cli.search;

import java.nio.file.Path;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.job.revisit.Examination;
import org.proxyless.search.run.settings.Rules;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code evaluate}. */
final class EvaluateOptions {
  @Parameters(paramLabel = "RUN", description = "The directory of the run.")
  private Path run;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data set lies (default: where it was in the run).")
  private Path dataDir;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "Of a language model: the text (default: the test part of the run's text).")
  private Path text;

  @Option(
      names = "--mistakes",
      paramLabel = "N",
      defaultValue = "" + Examination.DEFAULT_MISTAKES,
      description =
          "How many of the mistakes that the network is surest of to keep as pictures (default:"
              + " ${DEFAULT-VALUE}).")
  private int mistakes;

  @Mixin private JsonOption json;

  /** The run directory. */
  Path run() {
    Rules.folder("RUN", run);
    return run;
  }

  /** Where the data set lies, or null for where it was. */
  Path dataDir() {
    Rules.present("--data-dir", dataDir);
    return dataDir;
  }

  /** The text for a language model, or null for the run's own. */
  Path text() {
    Rules.file("--text", text);
    return text;
  }

  /** How many mistakes are kept as pictures. */
  int mistakes() {
    Rules.atLeast("--mistakes", 0, mistakes);
    return mistakes;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
