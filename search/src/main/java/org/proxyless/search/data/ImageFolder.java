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
import java.util.zip.ZipError;
import java.util.zip.ZipException;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Shape;

/**
 * Where the images of {@code train/CLASS/NAME.jpg} and {@code test/CLASS/NAME.jpg} lie: a folder, a
 * zip file, or a folder with one zip file in it. Inside, one more folder may stand around both.
 */
final class ImageFolder implements AutoCloseable {
  /** Unless asked otherwise images have the size of the first one, up to this side, in colour. */
  private static final int LARGEST_NATURAL_SIDE = 224;

  private static final int COLOURS = 3;

  private final Path root;
  private final Optional<FileSystem> zip;
  private final String name;

  private ImageFolder(Path root, Optional<FileSystem> zip, String name) {
    this.root = root;
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
      return new ImageFolder(rootOf(found, found.toString()), Optional.empty(), found.toString());
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
      Path root = rootOf(zip.getPath("/"), file.toString());
      return new ImageFolder(root, Optional.of(zip), file.toString());
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

  private static Path rootOf(Path top, String name) {
    if (Files.isDirectory(top.resolve("train"))) {
      return top;
    }
    List<Path> inner =
        folders(top).stream().filter(folder -> Files.isDirectory(folder.resolve("train"))).toList();
    if (inner.size() == 1) {
      return inner.get(0);
    }
    throw new InvalidInputException(
        name + " has no folder 'train'; images must lie in train/CLASS/*.jpg|jpeg|png.");
  }

  /** The images, in the shape that is asked for. */
  private StoredImages images(DatasetOptions options) {
    FolderIndex train = FolderIndex.ofTraining(root.resolve("train"));
    Shape shape = options.shape(naturalShape(train));
    Path testFolder = root.resolve("test");
    Optional<ImageSource> test = Optional.empty();
    if (Files.isDirectory(testFolder)) {
      FolderIndex index = new FolderIndex(testFolder, train.classNames());
      test = Optional.of(new FolderSource(this, index, shape));
    }
    return new StoredImages(new FolderSource(this, train, shape), test, true);
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
        String name = nameOf(child);
        if (!name.startsWith(".") && !name.equals("__MACOSX")) {
          found.add(child);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new InvalidInputException(folder + " cannot be listed: " + e.getMessage() + ".", e);
    }
    found.sort(Comparator.comparing(ImageFolder::nameOf));
    return found;
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
