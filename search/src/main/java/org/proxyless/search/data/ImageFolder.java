package org.proxyless.search.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipError;
import java.util.zip.ZipException;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Shape;

/**
 * Where image files lie in class folders: a folder, a zip file, or a folder with one zip file in
 * it. {@link FolderLayout} says how they lie there.
 */
final class ImageFolder implements AutoCloseable {
  /** Unless asked otherwise images have the size of the first one, up to this side, in colour. */
  private static final int LARGEST_NATURAL_SIDE = 224;

  private static final int COLOURS = 3;

  private final FolderLayout layout;
  private final Optional<FileSystem> zip;
  private final String name;

  private ImageFolder(FolderLayout layout, Optional<FileSystem> zip, String name) {
    this.layout = layout;
    this.zip = zip;
    this.name = name;
  }

  /**
   * Finds the images and their classes.
   *
   * @throws InvalidInputException if they are not laid out as they should be
   */
  static StoredImages open(Path location, DatasetOptions options) {
    ImageFolder container = at(location);
    try {
      return container.images(options);
    } catch (RuntimeException e) {
      container.close();
      throw e;
    }
  }

  private static ImageFolder at(Path location) {
    Path found = Files.isDirectory(location) ? onlyZipIn(location).orElse(location) : location;
    if (Files.isDirectory(found)) {
      FolderLayout layout = FolderLayout.of(found, found.toString());
      return new ImageFolder(layout, Optional.empty(), found.toString());
    }
    return openZip(found);
  }

  private static ImageFolder openZip(Path file) {
    FileSystem zip;
    try {
      zip = FileSystems.newFileSystem(file, (ClassLoader) null);
    } catch (ZipException | ZipError | ProviderNotFoundException e) {
      throw new InvalidInputException(
          file + " is neither a folder nor a good zip file: " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
    try {
      FolderLayout layout = FolderLayout.of(zip.getPath("/"), file.toString());
      return new ImageFolder(layout, Optional.of(zip), file.toString());
    } catch (RuntimeException e) {
      close(zip);
      throw e;
    }
  }

  private static Optional<Path> onlyZipIn(Path folder) {
    if (Files.isDirectory(folder.resolve("train"))) {
      return Optional.empty();
    }
    List<Path> zips =
        children(folder).stream().filter(path -> path.toString().endsWith(".zip")).toList();
    return zips.size() == 1 ? Optional.of(zips.get(0)) : Optional.empty();
  }

  /** The images, in the shape that is asked for. */
  private StoredImages images(DatasetOptions options) {
    FolderIndex train = FolderIndex.ofTraining(layout.train());
    Optional<FolderIndex> validation = index(layout.validation(), train);
    Optional<FolderIndex> test = index(layout.test(), train);
    Shape shape = options.shape(naturalShape(train));
    return new StoredImages(
        new FolderSource(this, train, shape),
        validation.map(index -> new FolderSource(this, index, shape)),
        test.map(index -> new FolderSource(this, index, shape)),
        true,
        layout.origins(),
        leftOut(Stream.of(Optional.of(train), validation, test).flatMap(Optional::stream)));
  }

  private static Optional<FolderIndex> index(Optional<Path> folder, FolderIndex train) {
    return folder.map(present -> new FolderIndex(present, train.classNames()));
  }

  private List<String> leftOut(Stream<FolderIndex> taken) {
    Stream<String> files =
        taken.map(FolderIndex::leftOut).filter(left -> !left.isEmpty()).map(LeftOutFiles::toString);
    Stream<String> folders =
        layout.leftOut().stream().map(folder -> "folder " + nameOf(folder) + " beside train");
    String all = Stream.concat(files, folders).collect(Collectors.joining(", "));
    return all.isEmpty() ? List.of() : List.of("Left out of the data: " + all + ".");
  }

  private static Shape naturalShape(FolderIndex train) {
    Shape first = DecodedImage.read(train.path(0)).shape();
    return new Shape(
        Math.min(LARGEST_NATURAL_SIDE, first.height()),
        Math.min(LARGEST_NATURAL_SIDE, first.width()),
        COLOURS);
  }

  /** What messages call it. */
  String name() {
    return name;
  }

  /** The folders in a folder by name, hidden ones left out. */
  static List<Path> folders(Path folder) {
    return children(folder).stream().filter(Files::isDirectory).toList();
  }

  /** What lies in a folder by name, hidden things and macOS's leftovers left out. */
  static List<Path> children(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path child : stream) {
        if (counts(child)) {
          found.add(child);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new InvalidInputException(folder + " cannot be listed: " + e.getMessage() + ".", e);
    }
    found.sort(Comparator.comparing(ImageFolder::nameOf));
    return found;
  }

  /** Whether it is neither hidden nor one of macOS's leftovers. */
  static boolean counts(Path path) {
    String name = nameOf(path);
    return !name.startsWith(".") && !name.equals("__MACOSX");
  }

  /** The last part of a path; zip files end that of folders with a slash. */
  static String nameOf(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  @Override
  public void close() {
    zip.ifPresent(ImageFolder::close);
  }

  private static void close(FileSystem zip) {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
