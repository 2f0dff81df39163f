package org.proxyless.devices;

import java.util.ServiceLoader;
import org.proxyless.base.InvalidInputException;

/** The runtimes on the class path. */
public final class DeviceRuntimes {
  private DeviceRuntimes() {}

  /**
   * The runtime of a profile.
   *
   * @throws InvalidInputException if it is not on the class path, or the device not here
   */
  public static DeviceRuntime of(DeviceProfile profile) {
    profile.requireHere();
    return ServiceLoader.load(DeviceRuntime.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(runtime -> runtime.kind() == profile.runtime())
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "device '"
                        + profile.name()
                        + "' needs the runtime "
                        + profile.runtime()
                        + ", which is not part of this program. Choose another device."));
  }
}
