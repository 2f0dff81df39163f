package org.proxyless.benchmarks.sites;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.proxyless.benchmarks.jmh.Messages;
import org.proxyless.benchmarks.machine.MachineState;
import org.proxyless.benchmarks.process.MeasuringProcess;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.Fingerprint;
import org.proxyless.network.Network;

/**
 * This machine: measures in processes of their own.
 *
 * @param folder for what is written while something is measured
 */
record LocalSite(Path folder) implements MeasuringSite {
  @Override
  public Fingerprint fingerprint(DeviceProfile profile) {
    return MachineFingerprint.of(profile);
  }

  @Override
  public MachineState state(DeviceProfile profile) {
    return MachineState.here();
  }

  @Override
  public VisitMeasuring.Answer visit(
      VisitMeasuring.Request request, MeasuringProgress progress, Consumer<Visit.Measured> parts) {
    return MeasuringProcess.run(
        VisitMeasuring.class,
        request,
        VisitMeasuring.Answer.class,
        folder,
        progress,
        part -> parts.accept(measured(part)));
  }

  private static Visit.Measured measured(JsonNode part) {
    try {
      return Messages.JSON.treeToValue(part, Visit.Measured.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a visit: " + part, e);
    }
  }

  @Override
  public NetworkMeasuring.Answer time(
      Path model, NetworkMeasuring.Setup setup, MeasuringProgress progress) {
    return MeasuringProcess.run(
        NetworkMeasuring.class,
        new NetworkMeasuring.Request(setup, model.toAbsolutePath().toString()),
        NetworkMeasuring.Answer.class,
        folder,
        progress,
        part -> {});
  }

  @Override
  public NetworkMeasuring.Answer time(
      Network network, long seed, NetworkMeasuring.Setup setup, MeasuringProgress progress) {
    return UntrainedFile.timed(
        network, seed, setup.profile(), folder, model -> time(model, setup, progress));
  }
}
