package org.proxyless.search.job.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.proxyless.devices.format.Footprint;
import org.proxyless.network.Network;
import org.proxyless.search.run.settings.DeployedLimits;

/**
 * What a network takes of a small device, beside what it may take.
 *
 * @param limits that it keeps
 * @param footprint what it takes
 */
public record DeployedFigures(DeployedLimits limits, Footprint footprint) {
  private static final double KIBIBYTE = 1024;

  /** Of a network. */
  public static DeployedFigures of(
      DeployedLimits limits, Network network, List<String> classNames) {
    return new DeployedFigures(
        limits, FootprintLimits.model(limits.format()).of(network, classNames));
  }

  /** Under stable keys. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("format", limits.format());
    figures.put("peakMemoryBytes", footprint.peakMemoryBytes());
    figures.put("maxMemoryBytes", limits.maxMemoryBytes());
    figures.put("fileBytes", footprint.fileBytes());
    figures.put("maxFileBytes", limits.maxFileBytes());
    return figures;
  }

  /** {@code 47.3 KiB of memory (at most 64.0 KiB), a file of 98.1 KiB, as int8}. */
  String text() {
    return kibibytes(footprint.peakMemoryBytes())
        + " of memory"
        + most(limits.maxMemoryBytes())
        + ", a file of "
        + kibibytes(footprint.fileBytes())
        + most(limits.maxFileBytes())
        + ", as "
        + limits.format();
  }

  private static String most(Long bytes) {
    return bytes == null ? "" : " (at most " + kibibytes(bytes) + ")";
  }

  private static String kibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f KiB", bytes / KIBIBYTE);
  }
}
