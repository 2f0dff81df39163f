package org.proxyless.search.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --json}, for every command that reports figures. */
final class JsonOption {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      converter = Converters.ReportFile.class,
      description = "Writes the figures to this file as JSON.")
  private Path file;

  /** Where to write, or null. */
  Path file() {
    return file;
  }
}
