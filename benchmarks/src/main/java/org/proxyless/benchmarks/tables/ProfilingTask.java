package org.proxyless.benchmarks.tables;

import java.util.LinkedHashSet;
import java.util.List;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * What to measure for a latency table.
 *
 * @param profile the device and how networks run on it
 * @param space name of the search space that the operators come from
 * @param image the networks' input
 * @param classes the networks' output
 * @param operators every operator to price, in the order in which a network has them; repeated ones
 *     and those that compute nothing are left out
 * @param networks of the space that are measured as well, and fitted with the operators; without
 *     some, the table cannot say how far off its predictions are
 * @param quality how much time to take
 * @param seed of the orders in which they are measured
 */
public record ProfilingTask(
    DeviceProfile profile,
    String space,
    Shape image,
    int classes,
    List<Operator> operators,
    List<Network> networks,
    Quality quality,
    long seed) {
  public ProfilingTask {
    networks = List.copyOf(networks);
    operators =
        new LinkedHashSet<>(operators).stream().filter(operator -> !operator.isZero()).toList();
    if (operators.isEmpty()) {
      throw new IllegalArgumentException("space " + space + " has no operator to measure");
    }
  }
}
