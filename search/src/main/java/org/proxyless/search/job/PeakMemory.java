package org.proxyless.search.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** The most memory this process has held, native memory included. */
final class PeakMemory {
  private static final Path LINUX_STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final double KIBIBYTES_A_MEBIBYTE = 1024;

  private PeakMemory() {}

  /** In MiB; empty where the system doesn't tell, which is everywhere but on Linux. */
  static OptionalDouble mebibytes() {
    if (!Files.isReadable(LINUX_STATUS)) {
      return OptionalDouble.empty();
    }
    try {
      return Files.readAllLines(LINUX_STATUS).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .map(kibibytes -> kibibytes / KIBIBYTES_A_MEBIBYTE)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + LINUX_STATUS, e);
    }
  }
}
