package org.proxyless.benchmarks.sites;

import java.nio.file.Path;
import org.proxyless.devices.AgentAddress;
import org.proxyless.devices.DeviceProfile;

/** Where the things of a profile are measured. */
public final class MeasuringSites {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private MeasuringSites() {}

  /**
   * The machine of a profile: that of its agent, a device that is linked to this one, or this one.
   *
   * @throws org.proxyless.base.InvalidInputException if this program cannot talk to agents
   */
  public static MeasuringSite of(DeviceProfile profile) {
    return profile
        .agent()
        .map(MeasuringSites::at)
        .orElseGet(() -> LinkedSite.suits(profile) ? new LinkedSite(TEMPORARY) : here(TEMPORARY));
  }

  private static MeasuringSite at(AgentAddress agent) {
    return RemoteMeasuring.find("device with the agent " + agent.text()).connect(agent);
  }

  /**
   * This machine.
   *
   * @param folder for what is written while something is measured, and removed afterwards
   */
  public static MeasuringSite here(Path folder) {
    return new LocalSite(folder);
  }
}
