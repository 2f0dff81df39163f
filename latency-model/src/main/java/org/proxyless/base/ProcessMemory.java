package org.proxyless.base;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory of this process, native memory included, and what it could have. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final Path MACHINE = Path.of("/proc/meminfo");
  private static final String TOTAL = "MemTotal:";
  private static final String AVAILABLE = "MemAvailable:";

  private ProcessMemory() {}

  /** The most that was resident at once, in MiB; empty on systems other than Linux. */
  public static OptionalLong peakMebibytes() {
    return mebibytes(STATUS, PEAK);
  }

  /**
   * What this process could still take, in MiB: of the machine's memory, caches that would give way
   * included, or of what its container has left; empty on systems other than Linux.
   */
  public static OptionalLong availableMebibytes() {
    OptionalLong total = mebibytes(MACHINE, TOTAL);
    if (total.isEmpty()) {
      return total;
    }
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    boolean limited = mebibytes(system.getTotalMemorySize()) < total.getAsLong();
    return limited
        ? OptionalLong.of(mebibytes(system.getFreeMemorySize()))
        : mebibytes(MACHINE, AVAILABLE);
  }

  private static long mebibytes(long bytes) {
    return bytes / (1024 * 1024);
  }

  /** Of a file whose lines are like {@code MemTotal: 123 kB}. */
  private static OptionalLong mebibytes(Path file, String key) {
    if (!Files.isReadable(file)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
