package org.proxyless.search.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.formats.DatasetFormat;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.OpeningProgress;
import org.proxyless.search.data.source.StoredImages;

/** The data sets by name. */
public final class Datasets {
  /** The one that needs no files. */
  public static final String BUILT_IN = DatasetFormat.FASHION_MNIST_10K.label();

  private Datasets() {}

  /** The names that {@link #open} knows. */
  public static List<String> names() {
    return Arrays.stream(DatasetFormat.values()).map(DatasetFormat::label).toList();
  }

  /** What the data set of this name is and which files it needs, in a line. */
  public static String description(String name) {
    return format(name).description();
  }

  /**
   * Opens a data set. Its pixels stay where they are until they are read.
   *
   * @param name one of {@link #names}
   * @param directory where its files are, or a zip file for {@code image-folder}; empty for the
   *     built-in one
   * @throws InvalidInputException if there is no such data set, or a file is missing or is not what
   *     it should be
   */
  public static Dataset open(String name, Optional<Path> directory, DatasetOptions options) {
    return open(name, directory, options, OpeningProgress.SILENT);
  }

  /**
   * The same, told how far it is. Image files are all decoded once before, which takes a while
   * where there are many.
   *
   * @throws InvalidInputException as above
   */
  public static Dataset open(
      String name, Optional<Path> directory, DatasetOptions options, OpeningProgress progress) {
    DatasetFormat format = format(name);
    checkLocation(format, directory);
    StoredImages stored = format.open(directory.orElse(null), options, progress);
    try {
      return DatasetAssembly.assemble(name, stored, options);
    } catch (RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  private static void checkLocation(DatasetFormat format, Optional<Path> directory) {
    if (format.needsFolder() && directory.isEmpty()) {
      throw new InvalidInputException(
          "data set %s needs its files; give their folder (--data-dir DIR)."
              .formatted(format.label()));
    }
    if (!format.needsFolder() && directory.isPresent()) {
      throw new InvalidInputException(
          "data set %s is built in and takes no folder, but %s was given; leave it out."
              .formatted(format.label(), directory.get()));
    }
    if (directory.isPresent() && !Files.exists(directory.get())) {
      throw new InvalidInputException(
          "data folder %s does not exist; data set %s needs it."
              .formatted(directory.get(), format.label()));
    }
  }

  private static DatasetFormat format(String name) {
    return Arrays.stream(DatasetFormat.values())
        .filter(format -> format.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "data set '%s' is not known; there are: %s. For your own images use image-folder."
                        .formatted(name, String.join(", ", names()))));
  }
}
