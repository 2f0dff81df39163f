package org.proxyless.search.cli.profile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.proxyless.base.JsonReport;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.benchmarks.tables.NetworkTimer;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.network.Network;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.job.revisit.ImageClassifier;
import org.proxyless.search.recurrent.job.LanguageDevice;
import org.proxyless.search.recurrent.job.LanguageEvaluation;
import org.proxyless.search.recurrent.latency.TokenMeasuring;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.space.PublishedNetwork;
import org.proxyless.search.space.PublishedNetworks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Times a network end to end. */
@Command(
    name = "measure",
    description = "Times an exported network, or one with random weights, on a device.")
public final class MeasureCommand implements Callable<Integer> {
  private static final String PHASE = "measure";

  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private MeasureOptions options;

  @Override
  public Integer call() {
    DeviceProfile device = DeviceProfiles.load(options.device());
    device.requireHere();
    Path model = options.model();
    NetworkMeasurement measured = measured(model, device);
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

  private NetworkMeasurement measured(Path model, DeviceProfile device) {
    if (isNetwork(model)) {
      return network(device);
    }
    return LanguageEvaluation.applies(model) ? language(model) : saved(model, device);
  }

  /** A token at a time. */
  private NetworkMeasurement language(Path model) {
    Path file = LanguageEvaluation.locate(model);
    DeviceProfile device = LanguageDevice.load(options.device());
    try (Phase phase = program.progress().phase(PHASE, 0)) {
      return shown(TokenMeasuring.measure(file, device, notes()), phase);
    }
  }

  private static boolean isNetwork(Path model) {
    return Files.isRegularFile(model)
        ? model.toString().endsWith(".json")
        : !Files.exists(model) && PublishedNetworks.names().contains(model.toString());
  }

  private NetworkMeasurement saved(Path model, DeviceProfile device) {
    ImageClassifier.open(model).close(); // a mistake shows before anything is measured
    try (Phase phase = program.progress().phase(PHASE, 0)) {
      return shown(NetworkTimer.time(model, device, notes()), phase);
    }
  }

  private NetworkMeasurement network(DeviceProfile device) {
    Network network = PublishedNetwork.read(options.model().toString()).network();
    try (Phase phase = program.progress().phase(PHASE, 0)) {
      return shown(NetworkTimer.time(network, device, notes()), phase);
    }
  }

  private MeasuringProgress notes() {
    return MeasuringProgress.notes(program.progress()::note);
  }

  private static NetworkMeasurement shown(NetworkMeasurement measured, Phase phase) {
    phase.step(0, measured.samples() + " calls");
    return measured;
  }
}
