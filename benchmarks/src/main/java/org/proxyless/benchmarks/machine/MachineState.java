package org.proxyless.benchmarks.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What explains why a machine is quick or slow at a moment, as far as it can be told.
 *
 * @param megahertz how fast the processors run
 * @param temperatureCelsius of the warmest place that is watched
 * @param governor what decides the clock of the first processor, e.g. {@code powersave}
 */
public record MachineState(
    OptionalDouble megahertz, OptionalDouble temperatureCelsius, Optional<String> governor) {
  /** Nothing can be told. */
  public static final MachineState UNKNOWN =
      new MachineState(OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());

  /** The setting of a table that says how fast the processors ran, where that is known. */
  public static final String MEGAHERTZ = "processorMegahertz";

  private static final Path ZONES = Path.of("/sys/class/thermal");
  private static final Path GOVERNOR =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  private static final double MILLIDEGREES_A_DEGREE = 1000;

  /** That of this machine, now. */
  public static MachineState here() {
    return new MachineState(
        ProcessorClock.megahertz(), temperatureCelsius(ZONES), governor(GOVERNOR));
  }

  /** What is known, for the settings of a latency table. */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    megahertz.ifPresent(clock -> settings.put(MEGAHERTZ, String.valueOf(Math.round(clock))));
    temperatureCelsius.ifPresent(
        degrees -> settings.put("temperatureCelsius", String.valueOf(Math.round(degrees))));
    governor.ifPresent(name -> settings.put("governor", name));
    return settings;
  }

  static OptionalDouble temperatureCelsius(Path zones) {
    if (!Files.isDirectory(zones)) {
      return OptionalDouble.empty();
    }
    OptionalDouble warmest = OptionalDouble.empty();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(zones, "thermal_zone*")) {
      for (Path zone : all) {
        double degrees =
            Double.parseDouble(Files.readString(zone.resolve("temp")).trim())
                / MILLIDEGREES_A_DEGREE;
        warmest = OptionalDouble.of(Math.max(degrees, warmest.orElse(degrees)));
      }
    } catch (IOException | NumberFormatException e) {
      return warmest; // a zone may be switched off; nothing depends on it
    }
    return warmest;
  }

  static Optional<String> governor(Path file) {
    try {
      return Files.isReadable(file)
          ? Optional.of(Files.readString(file).trim()).filter(name -> !name.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // nothing depends on it
    }
  }
}
