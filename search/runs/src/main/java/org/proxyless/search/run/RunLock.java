package org.proxyless.search.run;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.proxyless.base.InvalidInputException;

/**
 * Lets one process at a time work in a run directory. The operating system frees the lock when the
 * process ends, however it ends, so that none is ever stale; the file stays.
 */
public final class RunLock implements AutoCloseable {
  static final String FILE = ".lock";

  /** Behind the text, which others may read meanwhile. */
  private static final long LOCKED_BYTE = 1 << 20;

  private static final int MOST_TEXT = 100;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder.
   *
   * @throws InvalidInputException if another process has it, or another run of this one
   */
  public static RunLock take(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
      if (!isLocked(channel)) {
        String holder = text(channel);
        channel.close();
        throw new InvalidInputException(
            "run directory "
                + folder
                + " is in use by "
                + (holder.isBlank() ? "another run" : holder)
                + ". Wait until that run has ended, or stop it.");
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              ("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return new RunLock(channel);
    } catch (IOException e) {
      throw new InvalidInputException("the lock " + file + " cannot be taken: " + e + ".", e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false; // another run of this process
    }
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MOST_TEXT);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a run directory's lock did not close", e);
    }
  }
}
