package org.proxyless.search.data.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.ContentHash;
import org.proxyless.search.data.source.ImageCache;

/**
 * Images of one data set in one shape as files, a file each, so that they are decoded once. When
 * the space is used up the images that are there stay, since each epoch wants all of them, and the
 * others are decoded every time. Several threads and processes may use it at once.
 */
final class PixelCache {
  /** A new one for every change of how images are decoded or scaled. */
  private static final String RULES = "1";

  private static final String PREFIX = "proxyless-images-";

  private final Path folder;
  private final int imageBytes;
  private final AtomicLong freeBytes;
  private final AtomicLong written = new AtomicLong();

  private PixelCache(Path folder, int imageBytes, long freeBytes) {
    this.folder = folder;
    this.imageBytes = imageBytes;
    this.freeBytes = new AtomicLong(freeBytes);
  }

  /**
   * Opens the cache for a data set. Those of other data sets and shapes in the same folder go, the
   * longest unused first, as far as space is needed.
   *
   * @param place where the data set lies
   * @param shape of the images
   * @param images how many there are
   * @throws InvalidInputException if the folder cannot be made or listed
   */
  static PixelCache open(ImageCache settings, String place, Shape shape, long images) {
    int imageBytes = Math.toIntExact(shape.elements());
    long key = ContentHash.start(RULES + "\n" + place + "\n" + shape);
    Path own = settings.folder().resolve(PREFIX + "%016x".formatted(key));
    long wanted = images * (imageBytes + Integer.BYTES);
    try {
      Files.createDirectories(own);
      if (bytes(own) > settings.mostBytes()) {
        delete(own);
        Files.createDirectories(own);
      }
      Files.setLastModifiedTime(own, FileTime.from(Instant.now()));
      long used = bytes(own);
      long left = settings.mostBytes() - Math.min(settings.mostBytes(), Math.max(wanted, used));
      for (Path other : others(settings.folder(), own)) {
        long otherBytes = bytes(other);
        if (otherBytes > left) {
          delete(other);
        } else {
          left -= otherBytes;
          used += otherBytes;
        }
      }
      return new PixelCache(own, imageBytes, settings.mostBytes() - used);
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException(
          "the image cache %s cannot be used: %s. Give another folder (--image-cache DIR)."
              .formatted(settings.folder(), e.getMessage()),
          e);
    }
  }

  /** The caches of other data, the last used first. */
  private static List<Path> others(Path folder, Path own) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(path -> path.getFileName().toString().startsWith(PREFIX) && !path.equals(own))
          .sorted(Comparator.comparing((Path path) -> path.toFile().lastModified()).reversed())
          .toList();
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Reads an image.
   *
   * @param identity its {@link EncodedImages#identity}
   * @param pixels receives unsigned bytes as [height, width, channels]
   * @return whether it was there, whole
   */
  boolean read(String identity, byte[] pixels) {
    byte[] content;
    try {
      Path file = file(identity);
      if (!Files.exists(file)) {
        return false;
      }
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      return false;
    }
    if (content.length != imageBytes + Integer.BYTES
        || ByteBuffer.wrap(content).getInt(imageBytes) != checksum(content)) {
      return false;
    }
    System.arraycopy(content, 0, pixels, 0, imageBytes);
    return true;
  }

  /** Keeps an image if there is space. That it cannot be written is no failure. */
  void write(String identity, byte[] pixels) {
    int fileBytes = imageBytes + Integer.BYTES;
    if (freeBytes.addAndGet(-fileBytes) < 0) {
      freeBytes.addAndGet(fileBytes);
      return;
    }
    ByteBuffer content = ByteBuffer.allocate(fileBytes).put(pixels, 0, imageBytes);
    content.putInt(checksum(content.array()));
    Path file = file(identity);
    String unique = ProcessHandle.current().pid() + "-" + written.incrementAndGet();
    try {
      Files.createDirectories(file.getParent());
      Path beside = file.resolveSibling(file.getFileName() + "." + unique + ".part");
      try {
        Files.write(beside, content.array());
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      freeBytes.set(0); // the disk is full, or another process has removed the folder
    }
  }

  private int checksum(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content, 0, imageBytes);
    return (int) crc.getValue();
  }

  /** In one of 256 folders, since some file systems are slow with many files in one. */
  private Path file(String identity) {
    String name = ContentHash.hex(identity);
    return folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
  }
}
