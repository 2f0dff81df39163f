package org.proxyless.benchmarks.sites;

import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.AgentAddress;

/**
 * Measures on other machines, and lets others measure on this one. Implementations are found by
 * {@link ServiceLoader}, so that a program without one needs nothing of the network.
 */
public interface RemoteMeasuring {
  /** The machine of an agent, with which a connection is made for each measurement. */
  MeasuringSite connect(AgentAddress agent);

  /**
   * Starts an agent on this machine.
   *
   * @param log told what happens, line by line
   * @throws InvalidInputException if the address is in use, or the folder cannot be used
   */
  RunningAgent serve(AgentSettings settings, Consumer<String> log);

  /**
   * The one on the class path.
   *
   * @param what needs it, for the message
   * @throws InvalidInputException if there is none
   */
  static RemoteMeasuring find(String what) {
    return ServiceLoader.load(RemoteMeasuring.class)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "the "
                        + what
                        + " needs the module proxyless-agent, which is not part of this program. Add"
                        + " it to the class path."));
  }
}
