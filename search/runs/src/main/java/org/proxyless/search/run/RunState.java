package org.proxyless.search.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.proxyless.base.InvalidInputException;

/** How a run stands, told from its directory alone. */
public enum RunState {
  /** A process holds the directory's lock. */
  RUNNING,
  /** Its result is there. */
  FINISHED,
  /** It ended without a result, and not by an error: killed, or told to stop. */
  INTERRUPTED,
  /** It ended with an error, which is kept in the directory. */
  FAILED,
  /** Files of it cannot be read. */
  DAMAGED;

  /**
   * The state of a run. Not for use in a process that runs a search on this directory itself: on
   * some systems, looking at a lock gives up the process's own.
   *
   * @throws InvalidInputException if its provenance cannot be read
   */
  static RunState of(Path run) {
    if (isLocked(run.resolve(RunLock.FILE))) {
      return RUNNING;
    }
    if (Provenance.figures(run.resolve(Provenance.FILE)).has("testAccuracy")) {
      return FINISHED;
    }
    return RunFailure.read(run).isPresent() ? FAILED : INTERRUPTED;
  }

  private static boolean isLocked(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    // Shared, so that several may look at once.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // held by this process
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read (" + e + ").", e);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
