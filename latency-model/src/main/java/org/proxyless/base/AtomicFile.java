package org.proxyless.base;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all, also after a crash. */
public final class AtomicFile {
  private AtomicFile() {}

  /** What is written into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it, in as large pieces as it likes; need not close or flush. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes beside the file, syncs, and renames; makes the folder if it is not there.
   *
   * @throws UncheckedIOException if that fails; the old file, if any, is then untouched
   */
  public static void write(Path file, byte[] content) {
    write(file, out -> out.write(content));
  }

  /**
   * The same for content that need not be held at once.
   *
   * @throws UncheckedIOException if that fails; the old file, if any, is then untouched
   */
  public static void write(Path file, Content content) {
    try {
      // Not Files.createTempFile: it would leave a file that only its owner may read.
      String part = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part";
      Path beside = file.toAbsolutePath().resolveSibling(part);
      Files.createDirectories(beside.getParent());
      try {
        try (FileChannel channel = FileChannel.open(beside, CREATE, TRUNCATE_EXISTING, WRITE)) {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
          content.writeTo(out);
          out.flush();
          channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
