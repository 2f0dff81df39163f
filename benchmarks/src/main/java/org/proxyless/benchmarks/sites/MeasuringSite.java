package org.proxyless.benchmarks.sites;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.proxyless.benchmarks.machine.MachineState;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.Fingerprint;
import org.proxyless.network.Network;

/**
 * A machine where things are measured: this one, or another through its agent. All methods throw
 * {@link org.proxyless.base.InvalidInputException} where the user can help it, as when the machine
 * is not what a profile asks for, and {@link MeasuringFailedException} where it is not his doing,
 * or this thread is interrupted.
 */
public interface MeasuringSite {
  /** What a measuring process for this profile, started now, would find. */
  Fingerprint fingerprint(DeviceProfile profile);

  /** How the machine is at this moment. */
  MachineState state(DeviceProfile profile);

  /**
   * Visits what is asked for, in this order, or as far as it goes; at least one.
   *
   * @param parts gets what was measured as it comes, in this thread
   */
  VisitMeasuring.Answer visit(
      VisitMeasuring.Request request, MeasuringProgress progress, Consumer<Visit.Measured> parts);

  /**
   * Times an exported network.
   *
   * @param model the folder, or file in the format of the profile's runtime, that an export wrote
   */
  NetworkMeasuring.Answer time(
      Path model, NetworkMeasuring.Setup setup, MeasuringProgress progress);

  /**
   * Times a network that has not been trained, written there with random weights, which hardly
   * change its latency.
   *
   * @param seed of the weights
   */
  NetworkMeasuring.Answer time(
      Network network, long seed, NetworkMeasuring.Setup setup, MeasuringProgress progress);
}
