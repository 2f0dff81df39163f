package org.proxyless.search.cli.options;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --json}, for every command that reports figures. */
public final class JsonOption {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      converter = Converters.ReportFile.class,
      description = "Writes the figures to this file as JSON.")
  private Path file;

  /** Where to write, or null. */
  public Path file() {
    return file;
  }
}
