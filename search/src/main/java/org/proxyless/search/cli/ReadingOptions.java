package org.proxyless.search.cli;

import org.proxyless.search.run.ReadingSettings;
import org.proxyless.search.run.UnreadableFiles;
import picocli.CommandLine.Option;

/** How a data set's files are read. */
final class ReadingOptions {
  @Option(
      names = "--unreadable",
      paramLabel = "WHAT",
      description =
          "What to do about image files that cannot be read: ${COMPLETION-CANDIDATES} (default:"
              + " refuse). All are tried before anything is trained.")
  private UnreadableFiles unreadable;

  /** The settings, or null where nothing was given. */
  ReadingSettings orNull() {
    ReadingSettings given = new ReadingSettings(unreadable);
    return given.equals(ReadingSettings.DEFAULT) ? null : given;
  }
}
