package org.proxyless.search.recurrent.job;

import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;

/** The devices on which the latency of a token can be measured. */
public final class LanguageDevice {
  private LanguageDevice() {}

  /**
   * A profile of this machine's processor with TensorFlow.
   *
   * @param fileOrName as on the command line
   * @throws InvalidInputException if it is another one
   */
  public static DeviceProfile load(String fileOrName) {
    DeviceProfile device = DeviceProfiles.load(fileOrName);
    if (device.kind() != DeviceProfile.Kind.CPU
        || device.runtime() != DeviceProfile.Runtime.TENSORFLOW
        || device.agent().isPresent()
        || device.batch() != 1) {
      throw new InvalidInputException(
          "--device is "
              + fileOrName
              + "; language models are measured on this machine's processor with TensorFlow at"
              + " batch 1 so far: take local-cpu or local-cpu-2threads.");
    }
    return device;
  }
}
