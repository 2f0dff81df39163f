package org.proxyless.search.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps what native libraries write to standard error away from the user: TensorFlow's says a few
 * things that none of its variables silence, since they come before its logger can be set up.
 *
 * <p>The program goes on writing through a second way to where standard error leads; the first one,
 * the file descriptor that native code knows, is led to nowhere. That works where standard error is
 * a terminal or a pipe and the system has {@code /dev/fd}; elsewhere the libraries are heard.
 */
final class NativeChatter {
  private static final Path ERR = Path.of("/dev/fd/2");

  private NativeChatter() {}

  /** Makes {@link System#err} the only voice on standard error. Call it before it is used. */
  static void silence() {
    if (!canBeOpenedTwice()) {
      return;
    }
    try {
      FileOutputStream second = new FileOutputStream(ERR.toFile(), true);
      System.setErr(new PrintStream(second, true, encoding()));
      // Java leads a standard descriptor that is closed to /dev/null instead of freeing its number.
      new FileOutputStream(FileDescriptor.err).close();
    } catch (IOException e) {
      throw new UncheckedIOException("standard error cannot be led elsewhere", e);
    }
  }

  /**
   * So a terminal and a pipe. Not so a socket; nor a file, because whoever else writes to it, such
   * as the shell that started the program, would not see how far the second way has come, and write
   * over it.
   */
  private static boolean canBeOpenedTwice() {
    return Files.isWritable(ERR) && !Files.isRegularFile(ERR);
  }

  private static Charset encoding() {
    String name = System.getProperty("stderr.encoding");
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }
}
