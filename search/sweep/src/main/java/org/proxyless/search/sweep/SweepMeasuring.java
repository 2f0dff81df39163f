package org.proxyless.search.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.benchmarks.tables.NetworkTimer;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.base.JsonReport;

/** Times the networks that a sweep has found, one after the other, on devices that are here. */
public final class SweepMeasuring {
  private final SweepFolder folder;
  private final Consumer<String> notes;

  /**
   * Of a sweep's networks.
   *
   * @param notes gets what is worth knowing while one is timed, such as what it waits for
   */
  public SweepMeasuring(SweepFolder folder, Consumer<String> notes) {
    this.folder = folder;
    this.notes = notes;
  }

  /** The finished cells whose device is here, and whose network was not timed yet. */
  public List<CellResult> remaining(SweepResults results) {
    return results.that(CellResult.Standing.FINISHED).stream()
        .filter(result -> !Files.exists(folder.measured(result.cell().id())))
        .filter(result -> !device(result).isRemote())
        .toList();
  }

  /**
   * Times one and keeps the figures.
   *
   * @return what came out, for people
   */
  public String measure(CellResult result) {
    DeviceProfile device = device(result);
    Path model = Path.of(figures(result).savedModel());
    NetworkMeasurement measured = NetworkTimer.time(model, device, MeasuringProgress.notes(notes));
    new JsonReport()
        .put("device", device.name())
        .put("medianMillis", measured.medianMillis())
        .put("p95Millis", measured.p95Millis())
        .put("samples", measured.samples())
        .write(folder.measured(result.cell().id()));
    return String.format(Locale.ROOT, "%s %.3f ms", result.cell().id(), measured.medianMillis());
  }

  private DeviceProfile device(CellResult result) {
    return DeviceProfiles.load(folder.settings(result.cell().id()).device());
  }

  private static CellFigures figures(CellResult result) {
    Optional<CellFigures> figures = result.figures();
    return figures.orElseThrow(() -> new IllegalStateException(result.cell() + " has no network"));
  }
}
