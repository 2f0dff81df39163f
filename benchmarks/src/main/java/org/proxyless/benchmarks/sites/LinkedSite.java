package org.proxyless.benchmarks.sites;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.proxyless.benchmarks.machine.MachineState;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.LinkedRuntime;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.Fingerprint;
import org.proxyless.network.Network;

/**
 * A device that is linked to this machine, such as a phone at a cable.
 *
 * @param folder on this machine for what is written while something is measured
 */
public record LinkedSite(Path folder) implements MeasuringSite {
  /** Whether a profile's device is linked to this machine. */
  public static boolean suits(DeviceProfile profile) {
    return DeviceRuntimes.of(profile) instanceof LinkedRuntime;
  }

  @Override
  public Fingerprint fingerprint(DeviceProfile profile) {
    return MachineFingerprint.of(profile);
  }

  /** That of this machine would say nothing. */
  @Override
  public MachineState state(DeviceProfile profile) {
    return MachineState.UNKNOWN;
  }

  @Override
  public VisitMeasuring.Answer visit(
      VisitMeasuring.Request request, MeasuringProgress progress, Consumer<Visit.Measured> parts) {
    return LinkedVisiting.visit(request, progress, parts);
  }

  @Override
  public NetworkMeasuring.Answer time(
      Path model, NetworkMeasuring.Setup setup, MeasuringProgress progress) {
    return LinkedNetworkTiming.time(model, setup.profile(), setup.reference(), progress);
  }

  @Override
  public NetworkMeasuring.Answer time(
      Network network, long seed, NetworkMeasuring.Setup setup, MeasuringProgress progress) {
    return UntrainedFile.timed(
        network, seed, setup.profile(), folder, model -> time(model, setup, progress));
  }
}
