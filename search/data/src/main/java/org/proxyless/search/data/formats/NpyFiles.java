package org.proxyless.search.data.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.proxyless.base.InvalidInputException;

/**
 * Arrays by name: in an {@code .npz} file, or as {@code .npy} files of a folder. What is packed is
 * unpacked into temporary files, which go away when they are closed or the process ends.
 */
final class NpyFiles implements AutoCloseable {
  private static final String ARRAY = ".npy";
  private static final String ARCHIVE = ".npz";

  private final Path place;
  private final Map<String, BinaryFile> files = new TreeMap<>();

  private NpyFiles(Path place) {
    this.place = place;
  }

  /**
   * Finds the arrays.
   *
   * @param place an {@code .npz} file, a folder with one, or a folder of {@code .npy} files
   * @throws InvalidInputException if there are none, or they cannot be unpacked
   */
  static NpyFiles in(Path place) {
    NpyFiles found = new NpyFiles(place);
    try {
      found.open();
    } catch (RuntimeException e) {
      found.close();
      throw e;
    }
    return found;
  }

  private void open() {
    if (!Files.isDirectory(place)) {
      unpack(place);
      return;
    }
    List<Path> children = ImageFolder.children(place);
    List<Path> archives =
        children.stream().filter(path -> path.toString().endsWith(ARCHIVE)).toList();
    for (Path file : children) {
      String name = ImageFolder.nameOf(file);
      if (name.endsWith(ARRAY)) {
        files.put(nameOf(name), BinaryFile.openPlain(file));
      }
    }
    if (files.isEmpty() && archives.size() == 1) {
      unpack(archives.get(0));
    } else if (files.isEmpty()) {
      throw new InvalidInputException(
          "%s has no arrays (*.npy) and %d archives (*.npz); there must be one. Or name the archive itself."
              .formatted(place, archives.size()));
    }
  }

  private void unpack(Path archive) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().endsWith(ARRAY)) {
          String name = archive + "!" + entry.getName();
          CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
          files.put(nameOf(entry.getName()), BinaryFile.copied(name, in));
          if (in.getChecksum().getValue() != entry.getCrc()) {
            throw new ZipException("the checksum of " + entry.getName() + " is wrong");
          }
        }
      }
    } catch (ZipException e) {
      throw new InvalidInputException(
          archive + " is no .npz file or is damaged: " + e.getMessage() + ". Fetch it again.", e);
    } catch (IOException e) {
      throw new InvalidInputException(archive + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static String nameOf(String fileName) {
    return fileName.substring(0, fileName.length() - ARRAY.length()).toLowerCase(Locale.ROOT);
  }

  /**
   * The array that has one of these names.
   *
   * @throws InvalidInputException if it is no array, or several have
   */
  Optional<NpyArray> array(List<String> names) {
    List<String> found = names.stream().filter(files::containsKey).toList();
    if (found.size() > 1) {
      throw new InvalidInputException(
          "%s has several arrays for one purpose: %s. Keep one of them.".formatted(place, found));
    }
    return found.stream().findFirst().map(name -> NpyArray.open(files.get(name)));
  }

  /** Closes all but these, which are then closed by whoever has them. */
  void closeExcept(List<BinaryFile> used) {
    files.values().stream().filter(file -> !used.contains(file)).forEach(BinaryFile::close);
  }

  /** The names of all arrays. */
  List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public void close() {
    files.values().forEach(BinaryFile::close);
  }
}
