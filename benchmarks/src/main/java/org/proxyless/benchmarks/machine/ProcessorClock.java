package org.proxyless.benchmarks.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;

/** How fast the processors run, where Linux tells; virtual machines mostly don't know. */
public final class ProcessorClock {
  private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");
  private static final double KILOHERTZ_A_MEGAHERTZ = 1000;

  private ProcessorClock() {}

  /** The median of all processors, at this moment. */
  public static OptionalDouble megahertz() {
    return megahertz(PROCESSORS);
  }

  static OptionalDouble megahertz(Path processors) {
    if (!Files.isDirectory(processors)) {
      return OptionalDouble.empty();
    }
    List<Double> clocks = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(processors, "cpu[0-9]*")) {
      for (Path processor : all) {
        Path clock = processor.resolve("cpufreq").resolve("scaling_cur_freq");
        if (Files.isReadable(clock)) {
          clocks.add(Double.parseDouble(Files.readString(clock).trim()) / KILOHERTZ_A_MEGAHERTZ);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return OptionalDouble.empty(); // it only explains, nothing depends on it
    }
    return clocks.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            StatUtils.percentile(clocks.stream().mapToDouble(Double::doubleValue).toArray(), 50));
  }
}
