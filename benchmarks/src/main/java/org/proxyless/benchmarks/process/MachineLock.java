package org.proxyless.benchmarks.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.proxyless.base.InvalidInputException;

/** Lets one measurement at a time run on this machine: two would spoil each other. */
public final class MachineLock implements AutoCloseable {
  private static final Path FILE =
      Path.of(System.getProperty("java.io.tmpdir"), "proxyless-measuring.lock");
  private static final long RETRY_MILLIS = 100;

  private final FileChannel channel;

  private MachineLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, which the operating system frees when this process ends, however it ends.
   *
   * @param patience how long to wait for another measurement to end
   * @throws InvalidInputException if another measurement is still running then
   */
  public static MachineLock take(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      FileChannel channel =
          FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      while (!locked(channel)) {
        if (System.nanoTime() >= end) {
          channel.close();
          throw new InvalidInputException(
              "another measurement is running on this machine (it holds "
                  + FILE
                  + ") and two would spoil each other. Try again when it has ended.");
        }
        Thread.sleep(RETRY_MILLIS);
      }
      return new MachineLock(channel);
    } catch (IOException e) {
      throw new InvalidInputException(
          "the lock of measurements " + FILE + " cannot be taken: " + e + ".", e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this process measures
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new MeasuringFailedException("the lock " + FILE + " did not close: " + e, e);
    }
  }
}
