package org.proxyless.search.cli.options;

import java.nio.file.Path;
import org.proxyless.search.run.settings.ReadingSettings;
import org.proxyless.search.run.settings.UnreadableFiles;
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

  @Option(
      names = "--image-cache",
      paramLabel = "DIR",
      description =
          "A folder where decoded, resized images are kept, so that later epochs and runs need not"
              + " decode them (default: none).")
  private Path imageCache;

  @Option(
      names = "--image-cache-gb",
      paramLabel = "N",
      description =
          "Gigabytes that --image-cache may take; what does not fit is decoded each time (default: "
              + ReadingSettings.DEFAULT_CACHE_GIGABYTES
              + ").")
  private Integer imageCacheGigabytes;

  @Option(
      names = "--image-feature",
      paramLabel = "NAME",
      description =
          "What the examples of TFRecord files call the encoded image (default: image/encoded).")
  private String imageFeature;

  @Option(
      names = "--label-feature",
      paramLabel = "NAME",
      description = "What they call the number of the class (default: image/class/label).")
  private String labelFeature;

  /** The settings, or null where nothing was given. */
  ReadingSettings orNull() {
    ReadingSettings given =
        new ReadingSettings(
            unreadable, imageCache, imageCacheGigabytes, imageFeature, labelFeature);
    return given.equals(ReadingSettings.DEFAULT) ? null : given;
  }
}
