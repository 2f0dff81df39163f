package org.proxyless.search.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.proxyless.base.AtomicFile;

/** The error that a run ended with, kept in its directory as one line. */
public final class RunFailure {
  static final String FILE = "failure.txt";

  private static volatile boolean programEnds;

  private RunFailure() {}

  /**
   * The program was told to end: errors from now on are its consequences, such as a child that was
   * killed, and no failures.
   */
  public static void programEnds() {
    programEnds = true;
  }

  /** Keeps what a run failed of. */
  static void record(Path run, Throwable failure) {
    if (!programEnds) {
      String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
      String line = String.join(" ", text.lines().map(String::strip).toList()) + "\n";
      AtomicFile.write(run.resolve(FILE), line.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Forgets it, since the run goes on. */
  static void clear(Path run) {
    try {
      Files.deleteIfExists(run.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + run.resolve(FILE), e);
    }
  }

  /** What a run failed of; empty if it did not. */
  static Optional<String> read(Path run) {
    Path file = run.resolve(FILE);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
