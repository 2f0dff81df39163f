package org.proxyless.devices.format;

import java.util.List;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;

/**
 * Everything that a file of a network says.
 *
 * @param network its operators
 * @param weights its numbers, batch-norm statistics included
 * @param normalization of the pixels it was trained with
 * @param classNames in the order of the outputs, single lines
 */
public record DeployableNetwork(
    Network network, NetworkWeights weights, Normalization normalization, List<String> classNames) {
  public DeployableNetwork {
    classNames = List.copyOf(classNames);
    if (classNames.size() != network.classes()
        || classNames.stream().anyMatch(name -> name.lines().count() != 1)) {
      throw new IllegalArgumentException(
          "class names " + classNames + " must be " + network.classes() + " single lines");
    }
  }
}
