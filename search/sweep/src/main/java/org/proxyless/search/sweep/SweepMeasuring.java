package org.proxyless.search.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.proxyless.benchmarks.MeasuringProgress;
import org.proxyless.benchmarks.NetworkMeasurement;
import org.proxyless.benchmarks.NetworkTimer;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.search.file.JsonReport;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.SearchSettings;

/** Times the networks that a sweep has found, one after the other, on devices that are here. */
public final class SweepMeasuring {
  private final SweepFolder folder;

  /** Of a sweep's networks. */
  public SweepMeasuring(SweepFolder folder) {
    this.folder = folder;
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
    NetworkMeasurement measured =
        NetworkTimer.time(model, device, MeasuringProgress.notes(note -> {}));
    new JsonReport()
        .put("device", device.name())
        .put("medianMillis", measured.medianMillis())
        .put("p95Millis", measured.p95Millis())
        .put("samples", measured.samples())
        .write(folder.measured(result.cell().id()));
    return String.format(Locale.ROOT, "%s %.3f ms", result.cell().id(), measured.medianMillis());
  }

  private DeviceProfile device(CellResult result) {
    try (RunDirectory run = RunDirectory.open(folder.run(result.cell().id()))) {
      SearchSettings settings = run.settings();
      return DeviceProfiles.load(settings.device());
    }
  }

  private static CellFigures figures(CellResult result) {
    Optional<CellFigures> figures = result.figures();
    return figures.orElseThrow(() -> new IllegalStateException(result.cell() + " has no network"));
  }
}
