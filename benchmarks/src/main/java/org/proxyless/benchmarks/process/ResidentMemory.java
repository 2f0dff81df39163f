package org.proxyless.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory this process holds. */
public final class ResidentMemory {
  /** A measuring process that holds more makes room for another one. */
  private static final long MOST_KIBIBYTES = 960 << 10;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private ResidentMemory() {}

  /** Whether it is more than a measuring process should hold; never where Linux doesn't tell. */
  public static boolean isLarge() {
    if (!Files.isReadable(STATUS)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .anyMatch(line -> Long.parseLong(line.replaceAll("\\D", "")) > MOST_KIBIBYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STATUS, e);
    }
  }
}
