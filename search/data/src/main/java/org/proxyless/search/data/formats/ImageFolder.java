package org.proxyless.search.data.formats;

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
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.image.DecodedImage;
import org.proxyless.search.data.image.DecodingSource;
import org.proxyless.search.data.image.EncodedImages;
import org.proxyless.search.data.image.ImageCheck;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.ImageSource;
import org.proxyless.search.data.source.OpeningProgress;
import org.proxyless.search.data.source.StoredImages;

/**
 * Where image files lie in class folders: a folder, a zip file, or a folder with one zip file in
 * it. {@link FolderLayout} says how they lie there.
 */
public final class ImageFolder implements AutoCloseable {
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
  static StoredImages open(Path location, DatasetOptions options, OpeningProgress progress) {
    ImageFolder container = at(location);
    try {
      return container.images(options, new ImageCheck(options, progress));
    } catch (RuntimeException e) {
      container.close();
      throw e;
    }
  }

  /** Finds where the images lie. */
  public static ImageFolder at(Path location) {
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
  private StoredImages images(DatasetOptions options, ImageCheck check) {
    List<FolderIndex> listed = new ArrayList<>();
    listed.add(FolderIndex.ofTraining(this, layout.train()));
    Stream.of(layout.validation(), layout.test())
        .flatMap(Optional::stream)
        .map(folder -> FolderIndex.of(this, folder, listed.get(0).classNames()))
        .forEach(listed::add);
    List<EncodedImages> good = check.checked(name, List.copyOf(listed));
    Shape shape = options.shape(DecodedImage.naturalShape(good.get(0)));
    String place = layout.train().toAbsolutePath().toString();
    List<ImageSource> sources =
        DecodingSource.of(good, shape, zip.isPresent() ? name : place, options);
    return new StoredImages(
        sources.get(0),
        layout.validation().map(folder -> sources.get(1)),
        layout.test().map(folder -> sources.get(sources.size() - 1)),
        true,
        layout.origins(),
        Stream.concat(leftOut(listed).stream(), check.remarks().stream()).toList());
  }

  private List<String> leftOut(List<FolderIndex> taken) {
    Stream<String> files =
        taken.stream()
            .map(FolderIndex::leftOut)
            .filter(left -> !left.isEmpty())
            .map(LeftOutFiles::toString);
    Stream<String> folders =
        layout.leftOut().stream().map(folder -> "folder " + nameOf(folder) + " beside train");
    String all = Stream.concat(files, folders).collect(Collectors.joining(", "));
    return all.isEmpty() ? List.of() : List.of("Left out of the data: " + all + ".");
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
