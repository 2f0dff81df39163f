package org.proxyless.search.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code predict}. */
final class PredictOptions {
  @Parameters(
      paramLabel = "NETWORK",
      converter = Converters.ExistingFile.class,
      description = "A network.json.")
  private Path network;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      required = true,
      converter = Converters.ExistingFile.class,
      description = "The latency table.")
  private Path table;

  @Mixin private JsonOption json;

  /** The network's file. */
  Path network() {
    return network;
  }

  /** The table's file. */
  Path table() {
    return table;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
