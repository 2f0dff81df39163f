package org.proxyless.search.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.proxyless.benchmarks.NetworkMeasurement;
import org.proxyless.benchmarks.NetworkTimer;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.NetworkFile;
import org.proxyless.search.file.JsonReport;
import org.proxyless.search.run.Phase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Times a network end to end. */
@Command(
    name = "measure",
    description = "Times a SavedModel, or a network with random weights, on this machine.")
final class MeasureCommand implements Callable<Integer> {
  @ParentCommand private ProxylessCommand program;
  @Spec private CommandSpec spec;
  @Mixin private MeasureOptions options;

  @Override
  public Integer call() {
    DeviceProfile device = DeviceProfiles.load(options.device());
    NetworkMeasurement measured;
    try (Phase phase = program.progress().phase("measure", 0)) {
      measured = measure(options.model(), device);
      phase.step(0, measured.samples() + " calls");
    }
    NetworkMeasurement.Interval interval = measured.interval95Millis();
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "median    %.3f ms (95 %% interval %.3f to %.3f ms)%n95 %% of calls within %.3f ms%n",
            measured.medianMillis(),
            interval.low(),
            interval.high(),
            measured.p95Millis());
    new JsonReport()
        .put("device", device.name())
        .put("medianMillis", measured.medianMillis())
        .put("p95Millis", measured.p95Millis())
        .put("interval95Millis", List.of(interval.low(), interval.high()))
        .put("samples", measured.samples())
        .write(options.json());
    return 0;
  }

  private static NetworkMeasurement measure(Path model, DeviceProfile device) {
    if (Files.isDirectory(model)) {
      return NetworkTimer.time(model, device);
    }
    try {
      return NetworkTimer.time(NetworkFile.read(model), device);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a temporary folder", e);
    }
  }
}
